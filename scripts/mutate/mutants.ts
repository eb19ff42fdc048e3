/*
 * Mutants of a source file: small changes that make it wrong, one at a time. What a test kills is looked at by that test; what survives is not.
 *
 * Not made are those that another one contains: `a || b` for `a && b` beside `a` alone and `b` alone, `!==` for `===` where the whole condition is put
 * to true and to false, a statement taken out that stands alone behind an `if`. Types, imports, keys, SQL and sentences for people stay as they are: a test
 * that knows a sentence by heart is a mirror. Numbers stay, too; their borders are tried by `<` and `<=`.
 */
import { createHash } from 'node:crypto'

import { parseSync, Visitor, type Expression, type Node, type Statement } from 'oxc-parser'

/** One change of a file. Positions are of its text as JavaScript counts. */
export interface Mutant {
  readonly start: number
  readonly end: number
  /** What stands between the two instead. */
  readonly text: string
  /** The lines before and after, each as one line: what it is known by, since line numbers move. */
  readonly was: string
  readonly is: string
  /** Which one of several with the same lines, from 1. */
  readonly nth: number
}

type Change = Pick<Mutant, 'start' | 'end' | 'text'>
type Spanned = Pick<Node, 'start' | 'end'>

const borders: Readonly<Record<string, string>> = { '<': '<=', '<=': '<', '>': '>=', '>=': '>' }
const opposites: Readonly<Record<string, string>> = { '===': '!==', '!==': '===', '==': '!=', '!=': '==' }
const arithmetic: Readonly<Record<string, string>> = {
  '+': '-',
  '-': '+',
  '*': '/',
  '/': '*',
  '%': '*',
  '**': '*',
  '&': '|',
  '|': '&',
  '^': '&',
  '<<': '>>',
  '>>': '<<',
  '>>>': '<<',
}
const assignments: Readonly<Record<string, string>> = { '+=': '-=', '-=': '+=', '*=': '/=', '/=': '*=', '??=': '=' }
/** Of these the one is put for the other. */
const methods = new Map([
  ...pair('some', 'every'),
  ...pair('startsWith', 'endsWith'),
  ...pair('find', 'findLast'),
  ...pair('indexOf', 'lastIndexOf'),
])
/** Whatever comes out of these is mostly of the kind that went in; min and max are limits of a schema. */
const dropped = new Set(
  'filter slice sort toSorted reverse toReversed trim toLowerCase normalize regex refine min max'.split(' '),
)
/** But not as methods of Math. */
const extremes = new Map(pair('min', 'max'))

/** All mutants of a file, in the order of its text. @throws {Error} where it cannot be parsed */
export function mutantsOf(file: string, text: string): Mutant[] {
  const { program, errors } = parseSync(file, text, { preserveParens: false })
  if (errors.length > 0) throw new Error(`${file} cannot be parsed: ${errors[0]?.message}`)
  const changes: Change[] = []
  const untouched: Spanned[] = []
  const tested = new Set<string>()
  const kept = new Set<string>()

  const put = ({ start, end }: Spanned, by: string) => changes.push({ start, end, text: by })
  const source = ({ start, end }: Spanned) => text.slice(start, end)
  const leave = (node: Spanned) => void untouched.push(node)
  /** Between two parts, where the operator stands. */
  const operator = (left: Spanned, right: Spanned, from: string, to: string | undefined) => {
    const at = text.slice(left.end, right.start).indexOf(from)
    if (to !== undefined && at !== -1) put({ start: left.end + at, end: left.end + at + from.length }, to)
  }
  const test = (condition: Expression, values: readonly string[]) => {
    for (const value of values) if (source(condition) !== value) put(condition, value)
    markTested(condition)
  }
  const markTested = (node: Expression) => {
    tested.add(keyOf(node))
    if (node.type === 'UnaryExpression' && node.operator === '!') markTested(node.argument)
    if (node.type === 'LogicalExpression' && node.operator !== '??') {
      markTested(node.left)
      markTested(node.right)
    }
  }
  const remove = (statement: Statement) => {
    if (!kept.has(keyOf(statement))) put(statement, ';')
  }

  new Visitor({
    ImportDeclaration: leave,
    ExportAllDeclaration: leave,
    TSTypeAnnotation: leave,
    TSTypeAliasDeclaration: leave,
    TSInterfaceDeclaration: leave,
    TSTypeParameterInstantiation: leave,
    TSTypeParameterDeclaration: leave,
    TSAsExpression({ expression, typeAnnotation }) {
      leave(typeAnnotation)
      // A closed list is its own specification, and a test of each word would be the list once more.
      if (expression.type === 'ArrayExpression' && source(typeAnnotation) === 'const')
        for (const element of expression.elements) if (element) leave(element)
    },
    TSSatisfiesExpression: ({ typeAnnotation }) => leave(typeAnnotation),
    ExportNamedDeclaration({ source: from }) {
      if (from) leave(from)
    },
    Property({ key, computed }) {
      if (!computed && key.type === 'Literal') leave(key)
    },
    IfStatement({ test: condition, consequent, alternate }) {
      test(condition, ['true', 'false'])
      if (alternate) return
      kept.add(keyOf(consequent))
      const [only, ...more] = consequent.type === 'BlockStatement' ? consequent.body : []
      if (only && more.length === 0) kept.add(keyOf(only))
    },
    ConditionalExpression: ({ test: condition }) => test(condition, ['true', 'false']),
    WhileStatement: ({ test: condition }) => test(condition, ['false']),
    DoWhileStatement: ({ test: condition }) => test(condition, ['false']),
    ForStatement({ test: condition, update }) {
      if (condition) test(condition, ['false'])
      if (update) kept.add(keyOf(update))
    },
    LogicalExpression(node) {
      put(node, source(node.left))
      put(node, source(node.right))
    },
    BinaryExpression({ left, right, operator: sign, ...node }) {
      operator(left, right, sign, borders[sign])
      if (!tested.has(keyOf(node))) operator(left, right, sign, opposites[sign])
      if (!isText(left) && !isText(right)) operator(left, right, sign, arithmetic[sign])
    },
    AssignmentExpression(node) {
      if (!kept.has(keyOf(node))) operator(node.left, node.right, node.operator, assignments[node.operator])
    },
    UnaryExpression(node) {
      const isNegation = node.operator === '!' && !tested.has(keyOf(node))
      if (isNegation || node.operator === '-') put(node, source(node.argument))
    },
    UpdateExpression(node) {
      if (kept.has(keyOf(node))) return
      const sign = node.prefix ? { start: node.start, end: node.start + 2 } : { start: node.end - 2, end: node.end }
      put(sign, node.operator === '++' ? '--' : '++')
    },
    Literal(node) {
      if (typeof node.value === 'boolean') put(node, String(!node.value))
      else if (typeof node.value === 'string') {
        if (!isForPeople(node.value)) put(node, node.value === '' ? "'mutant'" : "''")
      } else if ('regex' in node)
        for (const pattern of looser(node.regex.pattern)) put(node, `/${pattern}/${node.regex.flags}`)
    },
    TemplateLiteral(node) {
      if (
        node.quasis.every(({ value }) => !isForPeople(value.raw)) &&
        node.quasis.some(({ value }) => value.raw !== '')
      )
        put(node, '``')
    },
    TaggedTemplateExpression: ({ quasi }) => leave(quasi),
    ArrayExpression(node) {
      if (node.elements.length > 0) put(node, '[]')
    },
    ExpressionStatement(node) {
      if ('directive' in node && typeof node.directive === 'string') leave(node)
      else remove(node)
    },
    ThrowStatement: remove,
    ContinueStatement: remove,
    MemberExpression({ object, property, optional }) {
      if (optional) operator(object, property, '?.', text.slice(object.end, property.start).includes('[') ? '' : '.')
    },
    CallExpression(node) {
      const { callee } = node
      if (node.optional) put({ start: callee.end, end: callee.end + 2 }, '')
      if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return
      const { object, property } = callee
      const isMath = object.type === 'Identifier' && object.name === 'Math'
      const other = isMath ? extremes.get(property.name) : methods.get(property.name)
      if (other !== undefined) put(property, other)
      else if (dropped.has(property.name)) put(node, source(object))
    },
  }).visit(program)

  const isUntouched = ({ start, end }: Change) => untouched.some((part) => part.start <= start && end <= part.end)
  const wanted = changes.filter((change) => !isUntouched(change) && source(change) !== change.text)
  return named(
    text,
    wanted.toSorted((one, other) => one.start - other.start || one.end - other.end),
  )
}

/** Some of them, the same ones in each run: an edit elsewhere in the file changes nothing about which. */
export function sampleOf(file: string, mutants: readonly Mutant[], most: number): Mutant[] {
  const drawn = mutants
    .map((mutant) => ({
      mutant,
      lot: createHash('sha256')
        .update([file, keyOfMutant(mutant)].join('\0'))
        .digest('hex'),
    }))
    .toSorted((one, other) => (one.lot < other.lot ? -1 : 1))
    .slice(0, most)
  const chosen = new Set(drawn.map(({ mutant }) => mutant))
  return mutants.filter((mutant) => chosen.has(mutant))
}

/** What tells one mutant of a file from the others, also after an edit elsewhere. */
export function keyOfMutant({ was, is, nth }: Pick<Mutant, 'was' | 'is' | 'nth'>): string {
  return [was, is, nth].join('\0')
}

/** Each of two for the other. */
function pair(one: string, other: string): [string, string][] {
  return [
    [one, other],
    [other, one],
  ]
}

const keyOf = ({ start, end }: Spanned): string => `${start}-${end}`

const isText = ({ type, ...node }: Expression | Node): boolean =>
  type === 'TemplateLiteral' || (type === 'Literal' && 'value' in node && typeof node.value === 'string')

/** A sentence, or a statement in another language. Short words and pieces of formats are not for people. */
function isForPeople(text: string): boolean {
  return /^\s*(?:\p{Lu}|select|insert|update|delete|with|alter|create|drop)\S*\s+\S/u.test(text)
}

/** A pattern without its anchors, and with what it excludes. */
function looser(pattern: string): string[] {
  return [
    ...(pattern.startsWith('^') ? [pattern.slice(1)] : []),
    ...(pattern.endsWith('$') && !pattern.endsWith('\\$') ? [pattern.slice(0, -1)] : []),
    ...(pattern.includes('[^') ? [pattern.replace('[^', '[')] : []),
  ].filter((changed) => changed !== '')
}

function named(text: string, changes: readonly Change[]): Mutant[] {
  const times = new Map<string, number>()
  return changes.map((change) => {
    const from = text.lastIndexOf('\n', change.start - 1) + 1
    const found = text.indexOf('\n', change.end)
    const to = found === -1 ? text.length : found
    const was = oneLine(text.slice(from, to))
    const is = oneLine(text.slice(from, change.start) + change.text + text.slice(change.end, to))
    const nth = (times.get(`${was}\0${is}`) ?? 0) + 1
    times.set(`${was}\0${is}`, nth)
    return { ...change, was, is, nth }
  })
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()
