import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import { checkSize, ReaderError, readDocument, type ReadResult } from '@art32/reader'
import { reportDocument } from './read-report.ts'
import { errorCode } from './refusal.ts'
import { clean, type Terminal } from './terminal.ts'

/** Options of `art32 read`. */
export interface ReadOptions {
  readonly json?: boolean
  readonly language: 'en' | 'de'
}

/** Reads documents and prints what they say. @returns 2 if any could not be read; the others are printed all the same */
export async function read(files: readonly string[], options: ReadOptions, terminal: Terminal): Promise<0 | 2> {
  const results: ReadResult[] = []
  let exit: 0 | 2 = 0
  for (const file of files) {
    try {
      const result = await readOne(file)
      results.push(result)
      if (options.json !== true) terminal.out(reportDocument(result, options.language, terminal.columns))
    } catch (error) {
      const sentence = sentenceOf(error, options.language)
      if (sentence === undefined) throw error
      terminal.err(`${clean(file)}: ${sentence}\n`)
      exit = 2
    }
  }
  if (options.json === true) terminal.out(`${JSON.stringify(results, null, 2)}\n`)
  return exit
}

/** Reads one document. Size and kind are looked at before a byte is read. */
export async function readOne(file: string): Promise<ReadResult> {
  const handle = await open(file)
  try {
    const status = await handle.stat()
    if (!status.isFile()) throw new NotAFile()
    checkSize(status.size)
    return await readDocument(await handle.readFile(), { name: basename(file), now: new Date() })
  } finally {
    await handle.close()
  }
}

class NotAFile extends Error {
  readonly code = 'EISDIR'
}

const fileProblems: Readonly<Record<string, { readonly en: string; readonly de: string }>> = {
  ENOENT: {
    en: 'There is no file of this name. Check the path.',
    de: 'Es gibt keine Datei dieses Namens. Bitte den Pfad prüfen.',
  },
  EACCES: {
    en: 'The file may not be read. Check its permissions.',
    de: 'Die Datei darf nicht gelesen werden. Bitte die Zugriffsrechte prüfen.',
  },
  EISDIR: {
    en: 'This is a folder or a device, not a file. Name the documents in it.',
    de: 'Das ist ein Ordner oder ein Gerät, keine Datei. Bitte die Dokumente darin nennen.',
  },
}

/** What went wrong with a document, in a sentence; undefined for a mistake of ours. */
export function sentenceOf(error: unknown, language: 'en' | 'de'): string | undefined {
  if (error instanceof ReaderError) return error.say(language)
  const code = errorCode(error)
  if (code === 'ENOTDIR' || code === 'ENAMETOOLONG' || code === 'ELOOP') return fileProblems['ENOENT']?.[language]
  return fileProblems[code === 'EPERM' ? 'EACCES' : code]?.[language]
}
