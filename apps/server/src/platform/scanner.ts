import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { AppError, defineErrors } from '../kernel/index.ts'

/** Looks for malware in files. */
export interface Scanner {
  /**
   * @returns the name of what was found; null: nothing was
   * @throws {scanner.unreachable | scanner.no_answer} where nobody looked: never to be taken for clean
   */
  scan(bytes: Uint8Array): Promise<string | null>
}

/** Where clamd listens. */
export type ScannerSetting = { readonly path: string } | { readonly host: string; readonly port: number }

/** What asking the scanner may end in. */
export const scannerErrors = defineErrors('scanner', {
  unreachable: {
    status: 503,
    en: 'The malware scanner of this installation cannot be reached, so no file is taken. Try again later, or tell the operator.',
    de: 'Der Schadsoftware-Scanner dieser Installation ist nicht erreichbar, deshalb wird keine Datei angenommen. Bitte später nochmals versuchen oder den Betreiber informieren.',
  },
  no_answer: {
    status: 503,
    en: 'The malware scanner of this installation could not look at this file, so it is not taken. Try again later, or tell the operator.',
    de: 'Der Schadsoftware-Scanner dieser Installation konnte diese Datei nicht prüfen, deshalb wird sie nicht angenommen. Bitte später nochmals versuchen oder den Betreiber informieren.',
  },
})

/**
 * Reads "host:port", or the path of a socket.
 *
 * @throws {Error} in words that follow "The setting … is not valid:"
 */
export function scannerOf(text: string): ScannerSetting | null {
  const place = text.trim()
  if (place === '') return null
  if (place.startsWith('/')) return { path: place }
  const [, bracketed, plain, digits] = /^(?:\[([0-9a-f:.]+)\]|([A-Za-z0-9.-]+)):(\d{1,5})$/.exec(place) ?? []
  const [host, port] = [bracketed ?? plain, Number(digits)]
  if (host === undefined || port < 1 || port > 65_535)
    throw new Error('clamd is written as host:port, or as the path of its socket')
  return { host, port }
}

/** How long a scan may take, and how many files are scanned at once; the others wait. */
const patienceMs = 60_000
const atOnce = 4
const chunkSize = 65_536

/**
 * Opens the way to a ClamAV daemon.
 *
 * @source clamd(8), INSTREAM: each chunk with its length in front, an empty one at the end
 */
export function openScanner(setting: ScannerSetting, patience = patienceMs): Scanner {
  let free = atOnce
  const queue: (() => void)[] = []
  const enter = async () => {
    if (free > 0) free--
    else await new Promise<void>((resolve) => queue.push(resolve))
  }
  const leave = () => {
    const next = queue.shift()
    if (next) next()
    else free++
  }
  return {
    async scan(bytes) {
      await enter()
      try {
        return verdictOf(await askClamd(setting, bytes, patience))
      } finally {
        leave()
      }
    },
  }
}

function verdictOf(answer: string): string | null {
  if (answer === 'stream: OK') return null
  const found = /^stream: ([\x21-\x7e]{1,200}) FOUND$/.exec(answer)?.[1]
  if (found !== undefined) return found
  // Too large for its limits, out of memory, or no clamd at all: nobody looked.
  throw scannerErrors.no_answer()
}

async function askClamd(setting: ScannerSetting, bytes: Uint8Array, patience: number): Promise<string> {
  const socket = connect(setting)
  const over = new AbortController()
  try {
    const isLate = wait(patience, undefined, { signal: over.signal }).then(() => {
      throw scannerErrors.no_answer()
    })
    isLate.catch(() => undefined)
    return await Promise.race([isLate, talk(socket, bytes)])
  } catch (cause) {
    throw cause instanceof AppError ? cause : scannerErrors.unreachable({}, { cause })
  } finally {
    over.abort()
    socket.destroy()
  }
}

async function talk(socket: Socket, bytes: Uint8Array): Promise<string> {
  const answer = read(socket)
  // It may answer before it has everything, and close: what it said counts.
  send(socket, bytes).catch(() => undefined)
  return await answer
}

async function send(socket: Socket, bytes: Uint8Array): Promise<void> {
  const write = (part: Uint8Array) =>
    new Promise<void>((resolve, reject) => {
      socket.write(part, (error) => (error ? reject(error) : resolve()))
    })
  await write(Buffer.from('zINSTREAM\0', 'latin1'))
  for (let at = 0; at < bytes.length; at += chunkSize) {
    const part = bytes.subarray(at, at + chunkSize)
    await write(Buffer.concat([lengthOf(part.length), part]))
  }
  await write(lengthOf(0))
}

function lengthOf(count: number): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(count)
  return length
}

/** The answer up to its NUL; no clamd says more than a line. */
async function read(socket: Socket): Promise<string> {
  let text = ''
  for await (const part of socket as AsyncIterable<Buffer>) {
    text += part.toString('latin1')
    const end = text.indexOf('\0')
    if (end >= 0) return text.slice(0, end)
    if (text.length > 1_000) break
  }
  throw scannerErrors.no_answer()
}
