import path from 'node:path'

import { Visitor } from 'oxc-parser'

import { sourcesBelow, type Finding, type Gate } from '../gate.ts'
import { parse, place, type Source } from '../syntax.ts'

/** Words that have another name here. Words with a second, honest meaning (control, status, policy) are not listed. */
const oneWordForOneThing: Readonly<Record<string, string>> = {
  team: 'tenant',
  workspace: 'tenant',
  org: 'tenant',
  todo: 'duty',
  attachment: 'evidence',
  asset: 'system',
  ticket: 'request',
  mute: 'exception',
}

/** Names that say nothing about what is inside. */
const drawers = /^(utils?|helpers?|common|misc|shared|lib|base)$/
const suffixes = /.(Manager|Helper|Impl|Service|Info)$/

/** One word for one thing, and names that say what something is. */
export const words: Gate = {
  name: 'words',
  holds: 'the words of the glossary in the code of the server and the packages',
  run: (root) =>
    sourcesBelow(root, { tests: false }).flatMap((file) => [...drawer(file), ...identifiers(parse(root, file))]),
}

function drawer(file: string): Finding[] {
  const parts = file
    .replace(/\.tsx?$/, '')
    .split(path.posix.sep)
    .slice(3)
  return parts
    .filter((part) => drawers.test(part))
    .map((part) => ({ place: file, says: `"${part}" collects anything`, remedy: 'Name it after what is in it.' }))
}

/** Declared names only: what a foreign library calls its properties is not ours to choose. */
function identifiers(source: Source): Finding[] {
  const findings: Finding[] = []
  const judge = (node: { readonly type: string; readonly start: number } | null) => {
    if (!node || !('name' in node) || typeof node.name !== 'string') return
    const { name } = node
    const parts = name.split(/(?=[A-Z])|_/).map((part) => part.toLowerCase())
    const inServer = source.file.startsWith('apps/server/')
    const word = inServer ? parts.find((part) => Object.hasOwn(oneWordForOneThing, part)) : undefined
    const remedy = word ? `Say ${oneWordForOneThing[word]}.` : 'Name it after what it is.'
    if (word || suffixes.test(name))
      findings.push({ place: place(source, node.start), says: `declares ${name}`, remedy })
  }
  new Visitor({
    VariableDeclarator: ({ id }) => judge(id),
    FunctionDeclaration: ({ id }) => judge(id),
    ClassDeclaration: ({ id }) => judge(id),
    TSInterfaceDeclaration: ({ id }) => judge(id),
    TSTypeAliasDeclaration: ({ id }) => judge(id),
  }).visit(source.program)
  return findings
}
