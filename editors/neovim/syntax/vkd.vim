" Colours for descriptions, line by line: what stands where is told by the number of slashes before it.
if exists('b:current_syntax')
  finish
endif
syntax case ignore
syntax sync minlines=1

" A field is what stands between two slashes; a backslash takes the meaning from the next character.
syntax match vkdComment    /^\s*#.*/ contains=vkdIgnore,@Spell
syntax match vkdIgnore     /\<vkd:\s*ignore\[[^]]*\]/ contained

syntax match vkdNumber     /^\s*\d\+\ze\s*\// nextgroup=vkdSlash1 skipwhite
syntax match vkdSlash1     "/" contained nextgroup=vkdObjectType skipwhite
syntax match vkdObjectType /\%(\\.\|[^/\\]\)\+/ contained nextgroup=vkdSlash2 contains=@vkdWord
syntax match vkdSlash2     "/" contained nextgroup=vkdName skipwhite
syntax match vkdName       /\%(\\.\|[^/\\]\)\+/ contained nextgroup=vkdSlash3 contains=@vkdWord
syntax match vkdSlash3     "/" contained nextgroup=vkdCharacteristic skipwhite
syntax match vkdCharacteristic /\%(\\.\|[^/\\]\)\+/ contained nextgroup=vkdSlash4 contains=@vkdWord
syntax match vkdSlash4     "/" contained nextgroup=vkdTime skipwhite
syntax match vkdTime       /\%(\\.\|[^/\\]\)\+/ contained nextgroup=vkdSlash5 contains=vkdRange,@vkdWord
syntax match vkdSlash5     "/" contained nextgroup=vkdOperator,vkdStop skipwhite
syntax match vkdOperator   /[OEN]\ze\s*$/ contained
syntax match vkdStop       /\.\ze\s*$/ contained
syntax match vkdRange      /\.\.\|:\ze\s*[AHKQMUWD]\s*\%(\/\|$\)/ contained

syntax cluster vkdWord contains=vkdEscape,vkdDitto,vkdDontCare,vkdCode
syntax match vkdEscape     /\\./ contained
syntax match vkdDitto      /\%(\/\s*\)\@<=["”“″〃]\ze\s*\%(\/\|$\)/ contained
syntax match vkdDontCare   /\%(\/\s*\)\@<=-\ze\s*\%(\/\|$\)/ contained
syntax match vkdCode       /\[[^]\/]*\]/ contained

" The header: 0 / type / identification / technical data, in bokmål, nynorsk, Swedish, Danish and English.
syntax match vkdHeaderNumber /^\s*0\ze\s*\// nextgroup=vkdHeaderSlash1 skipwhite
syntax match vkdHeaderSlash1 "/" contained nextgroup=vkdProduct,vkdDemand skipwhite
syntax match vkdProduct    /\%(Produktbeskrivelse\|Produktskildring\|Produktbeskrivning\|Product\s\+description\)\ze\s*\%(\/\|$\)/ contained nextgroup=vkdHeaderSlash2 skipwhite
syntax match vkdDemand     /\%(Etterspørselsbeskrivelse\|Etterspurnadsskildring\|Efterfrågebeskrivning\|Efterspørgselsbeskrivelse\|Demand\s\+description\)\ze\s*\%(\/\|$\)/ contained nextgroup=vkdHeaderSlash2 skipwhite
syntax match vkdHeaderSlash2 "/" contained nextgroup=vkdIdentification skipwhite
syntax match vkdIdentification /\%(\\.\|[^/\\]\)\+/ contained nextgroup=vkdHeaderSlash3 contains=vkdEscape
syntax match vkdHeaderSlash3 "/" contained nextgroup=vkdTechnical
syntax match vkdTechnical  /.*/ contained contains=vkdKey,vkdPairEnd
syntax match vkdTechnical  /^\s*;.*/ contains=vkdKey,vkdPairEnd
syntax match vkdKey        /[^;=]\+\ze=/ contained
syntax match vkdPairEnd    /;/ contained

highlight default link vkdComment Comment
highlight default link vkdIgnore SpecialComment
highlight default link vkdNumber Number
highlight default link vkdHeaderNumber Number
highlight default link vkdObjectType Type
highlight default link vkdName Function
highlight default link vkdCharacteristic Identifier
highlight default link vkdTime Constant
highlight default link vkdRange Operator
highlight default link vkdOperator Keyword
highlight default link vkdStop Keyword
highlight default link vkdEscape SpecialChar
highlight default link vkdDitto Special
highlight default link vkdDontCare Special
highlight default link vkdCode Tag
highlight default link vkdProduct Statement
highlight default link vkdDemand Statement
highlight default link vkdIdentification Title
highlight default link vkdTechnical String
highlight default link vkdKey PreProc
for s:slash in ['Slash1', 'Slash2', 'Slash3', 'Slash4', 'Slash5', 'HeaderSlash1', 'HeaderSlash2', 'HeaderSlash3', 'PairEnd']
  execute 'highlight default link vkd' .. s:slash 'Delimiter'
endfor
unlet s:slash

" The server's own tokens, which come later and lie above these, have the same colours.
highlight default link @lsp.type.class.vkd vkdName
highlight default link @lsp.type.keyword.vkd vkdDemand
highlight default link @lsp.type.macro.vkd vkdDitto
highlight default link @lsp.type.number.vkd vkdNumber
highlight default link @lsp.type.operator.vkd vkdOperator
highlight default link @lsp.type.property.vkd vkdKey
highlight default link @lsp.type.string.vkd vkdTechnical
highlight default link @lsp.type.type.vkd vkdObjectType
highlight default link @lsp.type.variable.vkd vkdCharacteristic

let b:current_syntax = 'vkd'
