; `]f` goes to the next step, `]t` to the next procedure, `]T` to the next test.

(step body: (_) @function.inside) @function.around
(procedure body: (_) @class.inside) @class.around
(test body: (_) @test.inside) @test.around

(argument) @parameter.around
(labelled value: (_) @parameter.inside) @parameter.around
(parameter) @parameter.around

(comment) @comment.inside
(comment)+ @comment.around

(record_field value: (_) @entry.inside) @entry.around
(field) @entry.around
