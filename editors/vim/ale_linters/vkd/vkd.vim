" The server, for ALE.
call ale#Set('vkd_executable', '')
call ale#Set('vkd_options', {})

function! ale_linters#vkd#vkd#Executable(buffer) abort
  let l:own = ale#path#FindNearestFile(a:buffer, '.venv/bin/vkd')
  let l:chosen = ale#Var(a:buffer, 'vkd_executable')
  return !empty(l:chosen) ? l:chosen : !empty(l:own) ? l:own : 'vkd'
endfunction

function! ale_linters#vkd#vkd#Root(buffer) abort
  let l:catalogue = ale#path#FindNearestFile(a:buffer, 'vkd.toml')
  return !empty(l:catalogue) ? fnamemodify(l:catalogue, ':p:h') : expand('#' .. a:buffer .. ':p:h')
endfunction

call ale#linter#Define('vkd', {
\ 'name': 'vkd',
\ 'lsp': 'stdio',
\ 'executable': function('ale_linters#vkd#vkd#Executable'),
\ 'command': '%e server',
\ 'project_root': function('ale_linters#vkd#vkd#Root'),
\ 'language': 'vkd',
\ 'initialization_options': {buffer -> ale#Var(buffer, 'vkd_options')},
\})
