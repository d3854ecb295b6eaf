//! Compiles the parser, which is in C.

use std::path::Path;

fn main() {
    let source = Path::new("src");
    let files = [source.join("parser.c"), source.join("scanner.c")];
    let mut compiler = cc::Build::new();
    compiler.std("c11").include(source).flag_if_supported("-Wno-unused-parameter").files(&files);
    #[cfg(target_env = "msvc")]
    compiler.flag("-utf-8");
    compiler.compile("tree-sitter-dunlin");
    println!("cargo:rerun-if-changed=src");
}
