import { isUnseen, linesOf } from './look.ts'
import type { Line, Look } from './look.ts'
import { tidy } from './tidy.ts'

/**
 * A look as JUnit XML, as pipelines show it: a suite for each system, a case for each outcome. What could not be looked
 * at is skipped with its reason, never passed; so is a fault with a declared exception, and what does not apply.
 */
export function* junitOf(look: Look): Generator<string> {
  const lines = linesOf(look)
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="${escape(tidy(look.title))}"${countsOf(lines)}>\n`
  for (const [system, own] of Map.groupBy(lines, (line) => line.system)) yield* suite(system, own)
  yield '</testsuites>\n'
}

function* suite(system: string, lines: readonly Line[]): Generator<string> {
  const [first] = lines
  const name = escape(first?.systemName ?? system)
  yield `  <testsuite name="${name}"${countsOf(lines)}${skippedCountOf(lines)} timestamp="${escape(first?.at.slice(0, 19) ?? '')}">\n`
  for (const line of lines) yield testCase(line)
  yield '  </testsuite>\n'
}

function testCase(line: Line): string {
  const subject = line.subject === '*' ? '' : `: ${line.subject}`
  const begin = `    <testcase classname="${escape(line.check)}" name="${escape(`${line.rule.title} – ${line.systemName}${subject}`)}"`
  const inner = innerOf(line)
  return inner === '' ? `${begin}/>\n` : `${begin}>\n      ${inner}\n    </testcase>\n`
}

function innerOf(line: Line): string {
  const skipped = skippedOf(line)
  if (skipped !== undefined) return `<skipped message="${escape(skipped)}"/>`
  if (line.state === 'info') return `<system-out>${escape(line.says)}</system-out>`
  if (line.state !== 'fail') return ''
  const { rule, says, severity, asked, at } = line
  const body = [says, rule.why, rule.remedy, `${rule.id} ${asked}, ${at}`].filter((text) => text !== '').join('\n')
  return `<failure type="${severity}" message="${escape(says)}">${escape(body)}</failure>`
}

function skippedOf({ state, reason, says, exception }: Line): string | undefined {
  if (state === 'fail')
    return exception && `exception until ${exception.expires}: ${exception.reason}; without it: ${says}`
  return state === 'not-applicable' || isUnseen({ state }) ? `${reason ?? state}: ${says}` : undefined
}

/** Of a suite only: the schema by which Jenkins reads refuses it at the root. */
function skippedCountOf(lines: readonly Line[]): string {
  return ` skipped="${lines.filter((line) => skippedOf(line) !== undefined).length}"`
}

function countsOf(lines: readonly Line[]): string {
  const failures = lines.filter(({ state, exception }) => state === 'fail' && exception === undefined).length
  return ` tests="${lines.length}" failures="${failures}" errors="0"`
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/** For attributes and text alike; control characters were taken out by `tidy`, since XML cannot say them. */
function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (char) => entities[char] ?? char)
}
