; Descriptions are not indented; technical data that goes on over several lines keeps the indent of the line above it.
(continuation) @extend.prevent-once
