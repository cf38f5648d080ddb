; TODO, FIXME and addresses in comments, where the grammar named comment is there.
((comment) @injection.content
  (#set! injection.language "comment"))
