(description) @class.around
(comment)+ @comment.around
