//! The weights pack of whodid, as bytes. Made by a command, never by hand; see the folder's SOURCE.md.
