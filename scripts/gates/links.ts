import path from 'node:path'

import { exists, filesBelow, read, type Finding, type Gate } from '../gate.ts'

/** Documents point at files and headings that exist, and decisions have a number each. */
export const links: Gate = {
  name: 'links',
  holds: 'no dangling link in a document, no decision number twice',
  run: (root) => {
    const documents = filesBelow(root).filter((file) => file.endsWith('.md'))
    return [...documents.flatMap((file) => dangling(root, file)), ...sameNumber(documents)]
  },
}

function dangling(root: string, file: string): Finding[] {
  const prose = read(root, file).replaceAll(/^(```|~~~)[\s\S]*?^\1/gm, (block) => block.replaceAll(/[^\n]/g, ''))
  return prose.split('\n').flatMap((line, at) =>
    [...line.replaceAll(/`[^`]*`/g, '').matchAll(/\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)/g)]
      .map((match) => match[1] ?? '')
      .filter((target) => !/^[a-z]+:/i.test(target) && !leadsSomewhere(root, file, target))
      .map((target) => ({
        place: `${file}:${at + 1}`,
        says: `the link ${target} leads nowhere`,
        remedy: 'Mend it or take it out.',
      })),
  )
}

function leadsSomewhere(root: string, from: string, target: string): boolean {
  const [page = '', anchor] = decodeURI(target).split('#')
  const file = page === '' ? from : path.posix.join(path.posix.dirname(from), page)
  if (!exists(root, file)) return false
  return !anchor || !file.endsWith('.md') || anchors(read(root, file)).has(anchor)
}

/** Anchors as code forges make them: lower case, punctuation dropped, spaces to hyphens; explicit ids too. */
export function anchors(markdown: string): Set<string> {
  const headings = [...markdown.matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm)].map(([, heading = '']) =>
    heading
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(/\s/g, '-'),
  )
  const ids = [...markdown.matchAll(/\b(?:id|name)="([^"]+)"/g)].map(([, id = '']) => id)
  return new Set([...headings, ...ids])
}

function sameNumber(documents: readonly string[]): Finding[] {
  const seen = new Map<string, string>()
  return documents.flatMap((file) => {
    const number = /^docs\/decisions\/(\d+)-/.exec(file)?.[1]
    if (!number) return []
    const first = seen.get(number)
    seen.set(number, first ?? file)
    return first ? [{ place: file, says: `has the number of ${first}`, remedy: 'Take the next free number.' }] : []
  })
}
