use std::fs;
use std::path::PathBuf;

use super::*;

/// A folder of its own for a test, removed at its end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("whodid-source-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn write(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    /// What the inputs give, one line each, without the folder's own path.
    fn read(&self, inputs: &[PathBuf], options: &Options) -> Vec<String> {
        open(inputs, options)
            .map(|item| match item {
                Ok(document) => {
                    let date = document.published.map_or("-".into(), |stamp| stamp.date.to_string());
                    let text = String::from_utf8_lossy(&document.bytes).into_owned();
                    format!("{}|{}|{}|{}|{text}", document.path, date, document.title.unwrap_or_default(), document.url.unwrap_or_default())
                }
                Err(problem) => format!("! {problem}"),
            })
            .map(|line| line.replace(&format!("{}/", self.0.display()), ""))
            .collect()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn folders_are_walked_in_order_and_problems_do_not_stop_them() {
    let folder = Folder::new("walk");
    folder.write("b.txt", b"Two.");
    folder.write("a/one.txt", b"One.");
    folder.write("a/.hidden", b"Not this.");
    folder.write("c.txt", b" \n");
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("..", folder.0.join("a/up")).unwrap();
        std::os::unix::fs::symlink("nowhere", folder.0.join("d.txt")).unwrap();
    }
    let found = folder.read(&[folder.0.clone(), folder.0.join("none.txt")], &Options::default());
    let starts: Vec<&str> = found.iter().map(|line| line.split([';', '(']).next().unwrap()).collect();
    #[cfg(unix)]
    assert_eq!(
        starts,
        [
            "a/one.txt|-|||One.",
            "! a/up: a folder that was read already, or a link that leads back to it",
            "b.txt|-|||Two.",
            "! c.txt: empty",
            "! d.txt: a broken link ",
            "! none.txt: No such file or directory ",
        ]
    );
}

#[test]
fn tables() {
    let folder = Folder::new("csv");
    let table = folder.write(
        "t.csv",
        "\u{feff}url,Date,title,text\nhttps://a.example/1,2019-01-04,First,\"One.\nStill one.\"\n,04/05/2019,,Two.\n,,,\nhttps://a.example/4,\"Jan 4, 2019\",,Four\n".as_bytes(),
    );
    let found = folder.read(std::slice::from_ref(&table), &Options::default());
    assert_eq!(
        found,
        [
            "t.csv#1|2019-01-04|First|https://a.example/1|One.\nStill one.",
            "! t.csv#2: the date \"04/05/2019\" is none, or can be read two ways; write it as 2019-01-31",
            "t.csv#2|-|||Two.",
            "! t.csv#3: no text; leave it out",
            "t.csv#4|2019-01-04||https://a.example/4|Four",
        ]
    );
    let options = Options { text: Some("story".into()), ..Options::default() };
    assert_eq!(folder.read(&[table], &options), ["! t.csv: no column \"story\"; its columns are url, Date, title, text"]);
}

#[test]
fn json_lines() {
    let folder = Folder::new("jsonl");
    let text = "{\"text\": \"One.\", \"date\": \"2019-01-04\", \"id\": 7}\n\n{\"body\": \"Two.\", \"published\": 1546560000}\n{broken\n{\"note\": 1}\n[1]\n{\"text\": \"Last.\"}";
    let lines = folder.write("l.jsonl", text.as_bytes());
    let found = folder.read(&[lines], &Options::default());
    assert_eq!(found[..2], ["l.jsonl#7|2019-01-04|||One.", "l.jsonl#3|2019-01-04|||Two."]);
    assert!(found[2].starts_with("! l.jsonl#4: not JSON"), "{}", found[2]);
    assert_eq!(found[3], "! l.jsonl#5: no field \"text\"; name the field that holds the text: its fields are note");
    assert!(found[4].starts_with("! l.jsonl#6: not a JSON object"));
    assert_eq!(found[5], "l.jsonl#7|-|||Last.");
    let list = folder.write("list.json", br#"[{"text": "One."}, {"text": "Two."}]"#);
    assert_eq!(folder.read(&[list], &Options::default()), ["list.json#1|-|||One.", "list.json#2|-|||Two."]);
}

#[test]
fn a_document_over_the_limit_is_refused() {
    let folder = Folder::new("large");
    let path = folder.0.join("large.txt");
    fs::File::create(&path).unwrap().set_len(LARGEST + 5).unwrap();
    let found = folder.read(&[path], &Options::default());
    assert!(found[0].contains("over 8 MiB"), "{found:?}");
}
