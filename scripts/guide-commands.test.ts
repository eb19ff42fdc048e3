import { describe, expect, it } from 'vitest'
import { runHere } from '../apps/cli/src/testing/terminal.ts'
import type { AnyOperation } from '../apps/server/src/kernel/index.ts'
import { allOperations } from '../apps/server/src/operations.ts'
import { filesBelow, read, repository } from './gate.ts'

/** A command as a page shows it. */
interface Shown {
  readonly place: string
  /** What follows `art32`, as a shell would hand it on. */
  readonly words: readonly string[]
  /** Whether it stands in a block to be copied; what stands in a sentence may name a command without all that it takes. */
  readonly isWhole: boolean
}

const operations = new Map(
  (allOperations({} as Parameters<typeof allOperations>[0]) as readonly AnyOperation[]).map((one) => [one.id, one]),
)

/** Decisions and the changelog tell what was; the other pages tell what is to be typed. */
const pages = filesBelow(repository).filter((file) =>
  /^(README|SECURITY)\.md$|^docs\/(?!decisions\/).*\.md$|^examples\/.*\.md$/.test(file),
)

describe('the commands of the guides', () => {
  it('are commands of the command line, with options that it knows and what operations take', async () => {
    const shown = pages.flatMap((page) => commandsOf(page, read(repository, page)))
    expect(shown.length).toBeGreaterThan(200)
    const faults = await Promise.all(shown.map(async (one) => (await faultsOf(one)).map((fault) => told(one, fault))))
    expect(faults.flat()).toEqual([])
  })

  it.each([
    ['vreify bundle.zip', 'no such command'],
    ['backup now', 'takes no "now"'],
    ['verify bundle.zip --quick', 'no option --quick'],
    ['call edition.lst --tenant example', 'no operation edition.lst'],
    ['call edition.list', 'works in a tenant: --tenant'],
    ['call edition.sign --tenant example --input \'{"edition": "…"}\'', 'edition.sign: Unrecognized key: "edition"'],
    ["call edition.sign --tenant example --input '{'", 'no JSON'],
    [
      'call edition.file --tenant example --input \'{"editionId": "…", "format": "pdf"}\'',
      'hands out a file: --output',
    ],
    ['call document.read --tenant example', 'takes a file: --file'],
  ])('a planted one is found: %s', async (command, fault) => {
    const [one] = commandsOf('planted.md', `\`\`\`sh\nnpx art32 ${command}\n\`\`\`\n`)
    if (one === undefined) throw new Error('not seen')
    expect((await faultsOf(one)).join('\n')).toContain(fault)
  })

  it('are read as a shell reads them', () => {
    const page = [
      "    ART32_TOKEN=… npx art32 call a.b --input '{",
      '      "c": 1}\' | jq .    # why',
      '',
      'Say `npx art32 verify "a b.zip"`.',
      '',
      '```sh',
      'npx art32 read \\',
      '  one.md > two',
      '```',
    ].join('\n')
    expect(commandsOf('page.md', page).map(({ words }) => words)).toEqual([
      ['call', 'a.b', '--input', '{\n      "c": 1}'],
      ['verify', 'a b.zip'],
      ['read', 'one.md'],
    ])
  })
})

const told = ({ place, words }: Shown, fault: string): string => `${place}: art32 ${words.join(' ')}: ${fault}`

/** What stands behind the name without being a command: a line of allowed signers, a prefix that is hashed, what a start prints. */
const noCommand = /^(?:ssh-ed25519|computer|is starting) /

/** Commands in blocks, fenced or set in by four columns, and between single backticks. */
function commandsOf(page: string, text: string): Shown[] {
  const found: Shown[] = []
  const begins = /(?<lead>^(?: {4})?(?:[A-Z0-9_]+=\S* )*|`)(?:npx )?art32 (?=[a-z…-])/gm
  const fenced = [...text.matchAll(/^```\w*\n[\s\S]*?^```/gm)].map(({ index, 0: { length } }) => [
    index,
    index + length,
  ])
  for (const { index, 0: all, groups } of text.matchAll(begins)) {
    const isInline = groups?.['lead'] === '`'
    const isFenced = fenced.some(([from = 0, to = 0]) => index > from && index < to)
    // A line of prose begins with the name, too; a block of four columns does not begin at the margin.
    if (!isInline && !isFenced && !all.startsWith('    ')) continue
    const rest = text.slice(index + all.length)
    if (noCommand.test(rest)) continue
    // Brackets say that it may be left out.
    const words = wordsOf((isInline ? rest.slice(0, rest.indexOf('`')) : rest).replaceAll(/\[(--[^\]]+)\]/g, '$1'))
    found.push({ place: `${page}:${text.slice(0, index).split('\n').length}`, words, isWhole: !isInline })
  }
  return found
}

/** The words up to the end of the command: of the line, or a pipe, a redirection, a comment. Quotes may go over lines. */
function wordsOf(text: string): string[] {
  const words: string[] = []
  const token =
    /(?<gap>(?:[ \t]|\\\n)+)|(?<end>[\n|>;&#])|'(?<single>[^']*)'|"(?<double>[^"]*)"|(?<plain>[^\s|>;&'"\\]+)/y
  let word: string | undefined
  for (let match = token.exec(text); match?.groups !== undefined; match = token.exec(text)) {
    const { gap, end, single, double, plain } = match.groups
    if (end !== undefined) break
    if (gap === undefined) word = (word ?? '') + (single ?? double ?? plain ?? '')
    else if (word !== undefined) {
      words.push(word)
      word = undefined
    }
  }
  return word === undefined ? words : [...words, word]
}

/** What the command line itself says of a command. */
interface Help {
  readonly path: readonly string[]
  /** By name, whether a value follows. */
  readonly options: ReadonlyMap<string, boolean>
  /** Whether it takes arguments. */
  readonly takes: boolean
}

async function helpOf(words: readonly string[]): Promise<Help> {
  const { path, options, takes } = await ownHelpOf(words)
  // A command takes the options of those above it as well.
  const above = path.length > 1 ? (await helpOf(path.slice(0, -1))).options : []
  return { path, options: new Map([...above, ...options]), takes }
}

const helps = new Map<string, ReturnType<typeof runHere>>()

/** Each command is asked once; the arguments behind it are no part of the question. */
async function printedHelp(words: readonly string[], path: readonly string[] = []): Promise<string> {
  const key = path.join(' ')
  const asked = helps.get(key) ?? runHere([...path, '--help'])
  helps.set(key, asked)
  const { out } = await asked
  const next = words[path.length]
  return next !== undefined && /^[a-z-]+$/.test(next) && new RegExp(`^ {2}${next}\\b`, 'm').test(out)
    ? await printedHelp(words, [...path, next])
    : out
}

async function ownHelpOf(words: readonly string[]): Promise<Help> {
  const out = await printedHelp(words)
  const usage = /^Usage: art32(?<path>(?: [a-z][a-z-]*)*)(?<rest>.*)$/m.exec(out)?.groups
  const options = new Map(
    [...out.matchAll(/^ {2}(?:-\w, )?(?<name>--[a-z-]+)(?<value> <| \[)?/gm)].map(({ groups }) => [
      groups?.['name'] ?? '',
      groups?.['value'] !== undefined,
    ]),
  )
  const takes = (usage?.['rest'] ?? '').replaceAll(/\[options\]|\[command\]/g, '').trim() !== ''
  return { path: (usage?.['path'] ?? '').trim().split(' ').filter(Boolean), options, takes }
}

/** A minus alone is standard input. */
const isOption = (word: string): boolean => /^--?[a-z]/i.test(word)

async function faultsOf({ words, isWhole }: Shown): Promise<string[]> {
  const firstOption = words.findIndex(isOption)
  const { path, options, takes } = await helpOf(firstOption === -1 ? words : words.slice(0, firstOption))
  if (path.length === 0 && !isOption(words[0] ?? '')) return ['no such command']
  const faults: string[] = []
  const given = new Map<string, string>()
  const rest: string[] = []
  for (let at = path.length; at < words.length; at += 1) {
    const [name = '', value] = (words[at] ?? '').split('=', 2)
    if (!isOption(name)) rest.push(words[at] ?? '')
    else if (!options.has(name)) faults.push(`no option ${name}`)
    else given.set(name, value ?? (options.get(name) === true ? (words[(at += 1)] ?? '') : ''))
  }
  if (!takes && rest.length > 0 && rest[0] !== '…') faults.push(`takes no "${rest[0]}"`)
  if (path[0] === 'call' && rest[0] !== undefined && /^[a-z_]+\.[a-z_]+$/.test(rest[0]))
    faults.push(...faultsOfCall(rest[0], given, isWhole))
  return faults
}

function faultsOfCall(id: string, given: ReadonlyMap<string, string>, isWhole: boolean): string[] {
  const operation = operations.get(id)
  if (operation === undefined) return [`no operation ${id}`]
  const handsOut = operation.kind === 'download' || operation.filters !== null
  const lacks = [
    ...(operation.scope === 'tenant' && !given.has('--tenant') ? [`${id} works in a tenant: --tenant`] : []),
    ...(handsOut && !given.has('--output') ? [`${id} hands out a file: --output`] : []),
    ...(operation.kind === 'upload' && !given.has('--file') ? [`${id} takes a file: --file`] : []),
  ]
  const input = given.get('--input') ?? '{}'
  return [...(isWhole ? lacks : []), ...(isWhole || given.has('--input') ? faultsOfInput(operation, input) : [])]
}

/** What the operation refuses of the input; an ellipsis stands for a value that the reader has. */
function faultsOfInput({ id, input }: AnyOperation, text: string): string[] {
  if (text.startsWith('@') || text === '…') return []
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return [`${id}: no JSON`]
  }
  const { error } = input.safeParse(value)
  return (error?.issues ?? [])
    .filter(({ path }) => !String(path.reduce<unknown>((at, key) => Object(at)[key], value)).includes('…'))
    .map(({ path, message }) => `${id}: ${[...path, message].join(' ')}`)
}
