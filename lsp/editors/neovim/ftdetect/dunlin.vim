autocmd BufNewFile,BufRead *.proc setfiletype dunlin
