; TODO, FIXME and addresses in comments, where the editor has the grammar named comment.
((comment) @injection.content
  (#set! injection.language "comment"))
