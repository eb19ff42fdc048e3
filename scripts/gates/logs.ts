import { Visitor, type Argument, type Expression, type ObjectProperty } from 'oxc-parser'

import { isTest, sourcesBelow, type Finding, type Gate } from '../gate.ts'
import { parse, place, type Source } from '../syntax.ts'

/**
 * What a log line may carry: random ids, counts, durations, codes. A new field needs an argument here: could a person
 * be recognised by it, alone or together with the others?
 */
const fields = new Set(
  'tenant run operation trace code check queue status count durationMs port attempt error where'.split(' '),
)

/** Properties whose value is written by people or about them. */
const personal = /^(message|stack|email|mail|name|phone|address|title|text|subject|body|url|headers?|query|password)$/i

const levels = new Set(['debug', 'info', 'warn', 'error'])

/**
 * No personal data in logs (GDPR Art. 5(1)(c), Art. 25). The type LogFields closes the list of fields; this gate keeps
 * the list from growing unnoticed, and looks at what a type cannot see: the event's text, values, spread, the console.
 */
export const logs: Gate = {
  name: 'logs',
  holds: 'log lines carry a fixed event and ids, counts and codes only',
  run: (root) =>
    sourcesBelow(root, { tests: true })
      .filter((file) => /^(apps\/(server|cli)|packages)\//.test(file) && !isTest(file))
      .flatMap((file) => judge(parse(root, file))),
}

function judge(source: Source): Finding[] {
  const findings: Finding[] = []
  const objects = new Map<string, Expression>()
  const refuse: Refuse = (offset, says) => {
    const at = place(source, offset)
    // A constant that several calls log is at fault once.
    if (findings.some((finding) => finding.place === at && finding.says === says)) return
    const remedy = 'Log a fixed event name with ids, counts and codes; people are not to be recognised from a log.'
    findings.push({ place: at, says, remedy })
  }
  const mayPrint = /^apps\/(cli|server\/src\/(main\.ts|platform\/))/.test(source.file)
  new Visitor({
    VariableDeclarator({ id, init }) {
      if (id.type === 'Identifier' && init?.type === 'ObjectExpression') objects.set(id.name, init)
    },
    CallExpression({ callee, arguments: [event, given], start }) {
      if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return
      const owner = nameOf(callee.object)
      const prints = owner === 'console' || (/^std(out|err)$/.test(owner) && callee.property.name === 'write')
      if (prints && !mayPrint) refuse(start, 'prints past the log and its closed fields')
      if (!/^(log|logger)$/i.test(owner) || !levels.has(callee.property.name)) return
      if (event && !isFixed(event)) refuse(event.start, 'logs an event whose text is put together')
      if (given) judgeFields(given, objects, refuse)
    },
    TSInterfaceDeclaration({ id, body }) {
      if (id.name !== 'LogFields') return
      for (const member of body.body) {
        const name = member.type === 'TSPropertySignature' ? nameOf(member.key) : 'an index'
        if (!fields.has(name)) refuse(member.start, `opens log lines to the field ${name}`)
      }
    },
  }).visit(source.program)
  return findings
}

type Refuse = (offset: number, says: string) => void

/** The last name of `log`, `this.log`, `context.log`. */
function nameOf(node: { readonly type: string; readonly name?: unknown; readonly property?: unknown }): string {
  if (typeof node.name === 'string') return node.name
  const property = node.property as { readonly name?: unknown } | undefined
  return typeof property?.name === 'string' ? property.name : ''
}

/** Follows what the fields may be: an object, a constant of this file that holds one, either branch of a choice. */
function judgeFields(given: Expression | Argument, objects: ReadonlyMap<string, Expression>, refuse: Refuse): void {
  if (given.type === 'ObjectExpression') {
    for (const property of given.properties) {
      if (property.type === 'SpreadElement') judgeFields(property.argument, objects, refuse)
      else judgeField(property, refuse)
    }
    return
  }
  if (given.type === 'ParenthesizedExpression') return judgeFields(given.expression, objects, refuse)
  if (given.type === 'ConditionalExpression') {
    judgeFields(given.consequent, objects, refuse)
    return judgeFields(given.alternate, objects, refuse)
  }
  const constant = given.type === 'Identifier' ? objects.get(given.name) : undefined
  if (constant) judgeFields(constant, objects, refuse)
  else refuse(given.start, 'logs fields that cannot be seen here')
}

function isFixed(node: Argument): boolean {
  if (node.type === 'ConditionalExpression') return isFixed(node.consequent) && isFixed(node.alternate)
  return node.type === 'Literal' || node.type === 'Identifier'
}

function judgeField({ key, value, start }: ObjectProperty, refuse: Refuse): void {
  const name = nameOf(key)
  if (!fields.has(name)) refuse(start, `logs the field ${name || 'with a computed name'}`)
  if (value.type === 'TemplateLiteral') refuse(value.start, `puts the field ${name} together from parts`)
  if (value.type === 'MemberExpression' && personal.test(nameOf(value))) {
    refuse(value.start, `logs ${nameOf(value)}, which is text by or about a person`)
  }
}
