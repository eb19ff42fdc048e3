import { Visitor, type CallExpression } from 'oxc-parser'

import { filesBelow, isTest, type Finding, type Gate } from '../gate.ts'
import { parse, place, type Source } from '../syntax.ts'

/** A list of test names reads as a description of what the thing does. */
export const testNames: Gate = {
  name: 'test names',
  holds: 'tests are named by behaviour, without "should", each once per file',
  run: (root) =>
    filesBelow(root)
      .filter(isTest)
      .flatMap((file) => judge(parse(root, file))),
}

function judge(source: Source): Finding[] {
  const findings: Finding[] = []
  const seen = new Set<string>()
  const groups: string[] = []
  new Visitor({
    CallExpression(call) {
      const title = titleOf(call)
      if (!title) return
      if (title.kind === 'describe') return void groups.push(title.text)
      const full = [...groups, title.text].join(' › ')
      const at = place(source, call.start)
      if (seen.has(full)) findings.push({ place: at, says: `"${full}" is there twice`, remedy: 'Say what differs.' })
      if (/\bshould\b/i.test(title.text)) {
        findings.push({ place: at, says: `"${title.text}"`, remedy: 'Say what it does, in the present tense.' })
      }
      seen.add(full)
    },
    'CallExpression:exit'(call) {
      if (titleOf(call)?.kind === 'describe') groups.pop()
    },
  }).visit(source.program)
  // A suite that several files run is named where it is written.
  const runsSuite = source.program.body.some(
    (statement) => statement.type === 'ExpressionStatement' && statement.expression.type === 'CallExpression',
  )
  if (seen.size === 0 && !runsSuite) {
    findings.push({ place: source.file, says: 'holds no test with a readable name', remedy: 'Name tests by literals.' })
  }
  return findings
}

/** `test('…')`, `it.each(table)('…')`, `test.skipIf(absent)('…')`, `describe('…')`. */
export function titleOf({ callee, arguments: [first] }: CallExpression): { kind: string; text: string } | undefined {
  let head = callee
  while (head.type === 'CallExpression' || head.type === 'MemberExpression') {
    head = head.type === 'CallExpression' ? head.callee : head.object
  }
  if (head.type !== 'Identifier' || !/^(test|it|describe)$/.test(head.name) || !first) return undefined
  const kind = head.name === 'describe' ? 'describe' : 'test'
  if (first.type === 'Literal' && typeof first.value === 'string') return { kind, text: first.value }
  if (first.type !== 'TemplateLiteral') return undefined
  return { kind, text: first.quasis.map((part) => part.value.raw).join('${…}') }
}
