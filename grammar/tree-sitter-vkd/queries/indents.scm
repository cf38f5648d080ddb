; Only technical data that goes on over several lines is indented, as deep as its author likes it.
[(header) (sentence) (broken_line) (comment)] @indent.zero
(continuation) @indent.auto
