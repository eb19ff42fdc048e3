import { existsSync, mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { openInput } from './input.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'art32-shield-closed-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Whether this process still holds the file open. */
function isOpen(file: string): boolean {
  return readdirSync('/proc/self/fd').some((number) => {
    try {
      return readlinkSync(`/proc/self/fd/${number}`) === file
    } catch {
      return false
    }
  })
}

const text = 'name,town\nWilrun Ostermoor,Musterstadt\n'.repeat(50_000)

describe.skipIf(!existsSync('/proc/self/fd'))('closing an input closes the file below it', () => {
  it.each([
    ['plain', Buffer.from(text)],
    ['gzip', gzipSync(text)],
    ['zstd', zstdCompressSync(text)],
    ['utf-16', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')])],
    ['utf-16 in gzip', gzipSync(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]))],
  ])('%s', async (name, bytes) => {
    const file = path.join(folder, name)
    writeFileSync(file, bytes)
    const { begun } = await openInput(file)
    expect(isOpen(file)).toBe(true)
    await begun.source.close()
    expect(isOpen(file)).toBe(false)
  })
})
