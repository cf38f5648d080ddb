" What the commands of a description file do: each asks the server by way of ALE, which answers a moment later.

" Shows the reference message of the demand at the cursor.
function! vkd#message() abort
  call s:execute('vkd.showMessage', s:place(), {text -> s:show('vkd message', text)})
endfunction

" Copies that message as Markdown.
function! vkd#copy() abort
  call s:execute('vkd.copyMessage', s:place(), function('s:copied'))
endfunction

" Says why a product is not among the answers to the demand at the cursor.
function! vkd#why(product) abort
  call s:execute('vkd.why', s:place() + [a:product], {text -> s:show('vkd why', text)})
endfunction

" Runs every demand of the file and lists them, with what was found, in the location list.
function! vkd#run() abort
  let l:buffer = bufnr()
  call s:execute('vkd.run', s:place()[:0], {answer -> s:list(l:buffer, answer.demands)})
endfunction

" Shows how the server is doing.
function! vkd#status() abort
  call s:execute('vkd.showStatus', [], {text -> s:show('vkd status', text)})
endfunction

" Has the server read the catalogue anew.
function! vkd#rebuild() abort
  call s:execute('vkd.rebuild', [], {_ -> s:say('the catalogue has been read anew')})
endfunction

function! s:place() abort
  return [ale#util#ToURI(expand('%:p')), line('.') - 1]
endfunction

function! s:execute(command, arguments, Done) abort
  let l:request = {'command': a:command, 'arguments': a:arguments}
  let l:Answered = {response -> s:answered(response, a:Done)}
  call ale#lsp_linter#SendRequest(bufnr(), 'vkd', [0, 'workspace/executeCommand', l:request], l:Answered)
endfunction

function! s:answered(response, Done) abort
  if has_key(a:response, 'error')
    call s:say(a:response.error.message)
  else
    call a:Done(a:response.result)
  endif
endfunction

" Shows a text in a window below, used again for the next one of its kind; the cursor stays where it was.
function! s:show(name, text) abort
  let l:here = win_getid()
  let l:window = bufwinid(a:name)
  if l:window == -1
    execute 'silent belowright split' fnameescape(a:name)
    setlocal buftype=nofile bufhidden=wipe noswapfile nobuflisted wrap filetype=markdown
  else
    call win_gotoid(l:window)
  endif
  setlocal modifiable
  silent %delete _
  call setline(1, split(a:text, "\n", 1))
  setlocal nomodifiable
  call win_gotoid(l:here)
endfunction

function! s:copied(text) abort
  call setreg('"', a:text)
  if has('clipboard')
    call setreg('+', a:text)
  endif
  call s:say('the reference message is copied')
endfunction

function! s:list(buffer, demands) abort
  let l:items = map(copy(a:demands), {_, one -> {'bufnr': a:buffer, 'lnum': one.line, 'text': one.id .. ': ' .. s:outcome(one)}})
  call setloclist(bufwinid(a:buffer), [], ' ', {'title': 'vkd: the demands of this file', 'items': l:items})
  lopen
endfunction

function! s:outcome(demand) abort
  let l:words = {'found': len(get(a:demand, 'covers', [])) .. ' found', 'none': 'nothing found'}
  return get(l:words, a:demand.status, 'not run: it has errors')
endfunction

function! s:say(text) abort
  echomsg 'vkd: ' .. a:text
endfunction
