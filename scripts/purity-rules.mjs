/** A date without arguments is a clock; with one it is arithmetic, which pure code may do. No rule of the linter's own tells the two apart. */
const noCurrentDate = {
  create: (context) => ({
    NewExpression(node) {
      const isDate = node.callee.type === 'Identifier' && node.callee.name === 'Date';
      if (isDate && node.arguments.length === 0)
        context.report({ node, message: 'new Date() reads the clock: take the time as an argument.' });
    },
    CallExpression(node) {
      const isDate = node.callee.type === 'Identifier' && node.callee.name === 'Date';
      if (isDate) context.report({ node, message: 'Date() reads the clock: take the time as an argument.' });
    },
  }),
};

export default { meta: { name: 'accord' }, rules: { 'no-current-date': noCurrentDate } };
