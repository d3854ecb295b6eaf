(step body: (_ "{" (_)* @function.inside "}")) @function.around
(procedure body: (_ "{" (_)* @class.inside "}")) @class.around
(comment)+ @comment.around
