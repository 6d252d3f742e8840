//! The reading itself: a small crate in which every arrow is written in another form.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::arrows::{self, Drawing};

/// Writes a crate of these files and reads it.
fn read(name: &str, files: &[(&str, &str)]) -> Drawing {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("house").join(name);
    for (file, text) in files {
        let path = folder.join(file);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a new folder");
        fs::write(path, text).expect("a new file");
    }
    arrows::read(&folder.join("lib.rs"))
}

fn arrows(drawing: &Drawing) -> BTreeSet<String> {
    let text = |arrow: &arrows::Arrow| format!("{} → {}", arrow.from, arrow.to);
    drawing.arrows.iter().map(text).collect()
}

/// Where `text` stands in the module `a` of a crate with more modules, what it uses.
fn used_by(name: &str, text: &str) -> BTreeSet<String> {
    let root = "mod a; mod b; mod c { pub mod deep { } } mod d; pub struct Item;";
    let nothing = "pub mod inner { } pub fn x() {}";
    let files = [
        ("lib.rs", root),
        ("a.rs", text),
        ("b.rs", nothing),
        ("d/mod.rs", nothing),
    ];
    let drawing = read(name, &files);
    assert!(drawing.hidden.is_empty(), "{:?}", drawing.hidden);
    arrows(&drawing)
}

#[test]
fn each_form_is_an_arrow() {
    for (number, form) in [
        "use crate::b;",
        "use crate::{b};",
        "use crate::{self as me, b};",
        "use {crate::b, std::fmt};",
        "use crate::{c::{}, b::{self, inner::{x, y}}};",
        "use super::b::x;",
        "pub use super::{b::*};",
        "use self::super::b;",
        "mod n { use super::super::b; }",
        "mod n { mod m { pub(crate) use super::super::super::{b as other}; } }",
        "mod n { mod m { fn f() { self::super::super::super::b::x() } } }",
        "fn f() { crate::b::x(); }",
        "fn f(x: &super::b::inner::X) {}",
        "fn f() -> Vec<crate::b::X> { Vec::<crate::b::X>::new() }",
        "impl crate::b::Trait for X {}",
        "#[derive(crate::b::Macro)] struct X;",
        "macro_rules! m { () => { $crate::b::x() }; }",
        "macro_rules! m { () => { use super::{b}; }; }",
        "fn f() { println!(\"{}\", crate::b::x()); }",
        "thread_local! { static X: super::b::X = crate::b::x(); }",
        "#[cfg(test)] mod tests { use super::*; use crate::b; }",
        "pub(in crate::a) use crate :: b;",
    ]
    .iter()
    .enumerate()
    {
        let mut used = used_by(&format!("form-{number}"), form);
        // It takes the crate's root as well.
        used.remove("a → crate");
        used.remove("a → c");
        assert_eq!(used, BTreeSet::from(["a → b".to_owned()]), "{form}");
    }
}

#[test]
fn what_is_no_arrow_is_none() {
    for (number, form) in [
        "//! use crate::b;",
        "/// [`x`](crate::b::x)\nfn f() {}",
        "/* crate::b /* nested */ crate::d */",
        "const X: &str = \"use crate::b;\"; const Y: &str = r#\"crate::{b}\"#;",
        "mod n { use super::x; use super::super::a::y; } use self::n::z; use crate::a::n;",
        "use std::b::crate_; use ::b::x; use other::b::x; fn f() { b::x(); }",
        "pub(crate) fn f(self) {} pub(super) fn g() { self.b() } pub(in super::super) struct X;",
        "mod b { pub fn x() {} } fn f() { b::x(); self::b::x(); }",
    ]
    .iter()
    .enumerate()
    {
        let used = used_by(&format!("none-{number}"), form);
        assert!(used.is_empty(), "{form}: {used:?}");
    }
}

#[test]
fn the_root_is_a_room_of_its_own() {
    for (number, form) in [
        "use crate::Item;",
        "use super::{Item as It};",
        "use crate::*;",
        "use super::*;",
        "use crate as everything;",
        "use super::{self as up};",
        "mod n { use super::super as up; }",
        "fn f() { crate::item(); }",
    ]
    .iter()
    .enumerate()
    {
        let used = used_by(&format!("root-{number}"), form);
        assert_eq!(used, BTreeSet::from(["a → crate".to_owned()]), "{form}");
    }
}

#[test]
fn files_are_found_where_they_lie() {
    let root = "#[path = \"elsewhere/odd.rs\"] pub mod a; mod b { mod inner; } mod c; \
                #[cfg_attr(unix, path = \"on_unix.rs\")] mod d; fn f() { c::x(); }";
    let files = [
        ("lib.rs", root),
        ("elsewhere/odd.rs", "mod below;"),
        ("elsewhere/below.rs", "use super::super::b;"),
        ("b/inner.rs", "use super::super::c;"),
        ("c.rs", "mod sub;"),
        ("c/sub.rs", "use crate::d::x;"),
        ("on_unix.rs", ""),
        ("forgotten.rs", ""),
    ];
    let drawing = read("files", &files);
    let expected = ["a → b", "b → c", "c → d", "crate → c"];
    assert_eq!(arrows(&drawing), expected.map(str::to_owned).into());
    let forgotten = PathBuf::from("forgotten.rs");
    assert_eq!(drawing.files.len(), files.len() - 1);
    assert!(!drawing.files.iter().any(|file| file.ends_with(&forgotten)));
}

#[test]
fn what_hides_arrows_is_named() {
    for (number, form) in [
        "#[macro_use] mod b { macro_rules! m { () => {} } }",
        "#[macro_export] macro_rules! m { () => {} }",
        "extern crate self as me;",
        "fn f() { include!(\"other.rs\"); }",
    ]
    .iter()
    .enumerate()
    {
        let drawing = read(&format!("hidden-{number}"), &[("lib.rs", form)]);
        assert_eq!(drawing.hidden.len(), 1, "{form}");
    }
}
