/*
 * Reads TypeScript for the gates that judge the code itself: the tree, its comments, and the lines of positions.
 * Parsed files are kept by content, since several gates read the same ones.
 */
import { parseSync, type Comment, type Program } from 'oxc-parser'

import { read } from './gate.ts'

/** One parsed source file. */
export interface Source {
  readonly file: string
  readonly text: string
  readonly program: Program
  readonly comments: readonly Comment[]
}

const parsed = new Map<string, Source>()

/** Parses a file of the tree; a syntax error is left to the type gate. */
export function parse(root: string, file: string): Source {
  const text = read(root, file)
  const key = `${file}\0${text}`
  const known = parsed.get(key)
  if (known) return known
  const { program, comments } = parseSync(file, text)
  const source = { file, text, program, comments }
  parsed.set(key, source)
  return source
}

/** `file:line` of a position. */
export function place(source: Source, offset: number): string {
  return `${source.file}:${source.text.slice(0, offset).split('\n').length}`
}

/** The doc comment directly before a position: only white space lies between. */
export function docBefore(source: Source, offset: number): Comment | undefined {
  return source.comments.findLast(
    (comment) =>
      comment.end <= offset &&
      comment.type === 'Block' &&
      comment.value.startsWith('*') &&
      source.text.slice(comment.end, offset).trim() === '',
  )
}
