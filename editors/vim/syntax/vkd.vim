" The colours are the Neovim plugin's, beside this one; its highlight groups for the server's own tokens are Neovim's alone.
if exists('b:current_syntax')
  finish
endif
let s:lines = readfile(fnamemodify(resolve(expand('<sfile>:p')), ':h:h:h') .. '/neovim/syntax/vkd.vim')
call execute(filter(s:lines, {_, line -> line !~# '@lsp'}))
