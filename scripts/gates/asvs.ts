import { Visitor } from 'oxc-parser'

import { exists, read, readJson, repository, type Finding, type Gate } from '../gate.ts'
import { parse } from '../syntax.ts'
import { required } from './asvs-levels.ts'
import { anchors } from './links.ts'
import { titleOf } from './test-names.ts'

/** Where the answers stand. */
export const answered = 'docs/asvs.json'

/** How a requirement is answered, the best first. */
export const states = ['tested', 'in the code', 'not applicable', 'open'] as const

/** What art32 says to one requirement of the standard. */
export interface Answer {
  /** As the standard numbers it, without its V: `1.2.4`. */
  readonly id: string
  readonly level: number
  /** In our own words. */
  readonly about: string
  readonly state: (typeof states)[number]
  /** `path > name of the test`; of an attack its title. */
  readonly tests?: readonly string[]
  /** `path#name`: what is declared there, or a heading of a document. */
  readonly code?: readonly string[]
  /** How, why not, or what is missing. */
  readonly reason?: string
}

/** The answers of a tree; none where there is no file. */
export const answersIn = (root: string): readonly Answer[] =>
  readJson<{ readonly requirements: readonly Answer[] }>(root, answered)?.requirements ?? []

const openCount = answersIn(repository).filter(({ state }) => state === 'open').length

/** Whoever asks how art32 keeps a requirement of OWASP ASVS 5.0 finds a test, a place or a reason, and each of them is there. */
export const asvs: Gate = {
  name: 'asvs',
  holds: `every requirement of OWASP ASVS 5.0, levels 1 and 2, has a test, a place or a reason (${openCount} open)`,
  run(root) {
    const answers = answersIn(root)
    return [...unanswered(answers), ...answers.flatMap((answer, at) => judge(root, answer, answers.slice(0, at)))]
  },
}

function unanswered(answers: readonly Answer[]): Finding[] {
  const known = new Set(answers.map(({ id }) => id))
  return [...required.keys()]
    .filter((id) => !known.has(id))
    .map((id) => found(id, 'is not answered', 'Name its test or its place, or say why it does not apply.'))
}

function judge(root: string, answer: Answer, before: readonly Answer[]): Finding[] {
  const { id, level, about, state, tests = [], code = [], reason } = answer
  const says = (text: string, remedy: string) => found(id, text, remedy)
  return [
    ...(required.has(id) ? [] : [says('is no requirement of levels 1 and 2', 'Take it out.')]),
    ...(required.has(id) && required.get(id) !== level ? [says(`is of level ${required.get(id)}`, 'Say so.')] : []),
    ...(before.some((other) => other.id === id) ? [says('is answered twice', 'Join the answers.')] : []),
    ...(about.trim() === '' ? [says('does not say what it is about', 'Say it in a few words of our own.')] : []),
    ...(states.includes(state) ? [] : [says(`has the unknown state ${state}`, `Choose of: ${states.join(', ')}.`)]),
    ...(state === 'tested' && tests.length === 0 ? [says('names no test', 'Name the test that shows it.')] : []),
    ...(state === 'in the code' && code.length === 0 ? [says('names no place', 'Name the place that does it.')] : []),
    ...(state !== 'tested' && !reason?.trim() ? [says('gives no reason', 'Say how, or why not.')] : []),
    ...(reason?.trim() === '' ? [says('has an empty reason', 'Write it or leave it out.')] : []),
    ...tests
      .filter((test) => !isTestThere(root, test))
      .map((test) => says(`names a test that is not there: ${test}`, 'Name one that shows the same, or mend it.')),
    ...code
      .filter((place) => !isPlaceThere(root, place))
      .map((place) => says(`names a place that is not there: ${place}`, 'Name where it went.')),
  ]
}

const found = (id: string, text: string, remedy: string): Finding => ({
  place: answered,
  says: `${id} ${text}`,
  remedy,
})

function isTestThere(root: string, test: string): boolean {
  const [file = '', name = ''] = test.split(/ > (.*)/s)
  return exists(root, file) && /\.tsx?$/.test(file) && namesIn(root, file).tests.has(name)
}

function isPlaceThere(root: string, place: string): boolean {
  const [file = '', name] = place.split('#')
  if (!exists(root, file)) return false
  if (name === undefined) return !/\.(tsx?|md)$/.test(file)
  return file.endsWith('.md') ? anchors(read(root, file)).has(name) : namesIn(root, file).declared.has(name)
}

interface Names {
  readonly tests: ReadonlySet<string>
  readonly declared: ReadonlySet<string>
}

const known = new Map<string, Names>()

/** The tests of a file by their names, of attacks by their titles, and what it declares. */
function namesIn(root: string, file: string): Names {
  const key = `${root}\0${file}`
  const names = known.get(key) ?? collect(root, file)
  known.set(key, names)
  return names
}

function collect(root: string, file: string): Names {
  const tests = new Set<string>()
  const declared = new Set<string>()
  const isAttack = file.startsWith('e2e/attacks/')
  new Visitor({
    CallExpression(call) {
      const title = titleOf(call)
      if (title?.kind === 'test') tests.add(title.text)
    },
    Property({ key, value }) {
      if (key.type !== 'Identifier') return
      if (isAttack && key.name === 'title' && value.type === 'Literal') tests.add(String(value.value))
      declared.add(key.name)
    },
    VariableDeclarator({ id }) {
      if (id.type === 'Identifier') declared.add(id.name)
    },
    FunctionDeclaration({ id }) {
      if (id) declared.add(id.name)
    },
    ClassDeclaration({ id }) {
      if (id) declared.add(id.name)
    },
    TSInterfaceDeclaration({ id }) {
      declared.add(id.name)
    },
  }).visit(parse(root, file).program)
  return { tests, declared }
}
