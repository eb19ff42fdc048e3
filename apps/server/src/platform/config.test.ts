import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readConfig } from './config.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'art32-config-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const file = (content: string) => writeFileSync(join(folder, 'art32.json'), content)

it('takes defaults where nothing is set', () => {
  expect(readConfig({ ART32_DATA: folder })).toEqual({
    dataFolder: folder,
    host: '127.0.0.1',
    port: 3232,
    publicUrl: null,
    databaseUrl: null,
    masterKeyFile: join(folder, 'keys', 'master.key'),
    masterKey: { kind: 'file' },
    logLevel: 'warn',
  })
})

it('lets the environment win over the file', () => {
  file(JSON.stringify({ port: 4000, host: '0.0.0.0' }))
  expect(readConfig({ ART32_DATA: folder, ART32_PORT: '5000' })).toMatchObject({ port: 5000, host: '0.0.0.0' })
})

it('names the key, its variable and the problem of a bad value', () => {
  expect(() => readConfig({ ART32_DATA: folder, ART32_PORT: '70000' })).toThrow(/port \(ART32_PORT\)/)
  expect(() => readConfig({ ART32_DATA: folder, ART32_URL: 'ftp://example.com' })).toThrow(/publicUrl \(ART32_URL\)/)
  expect(() => readConfig({ ART32_DATA: folder, ART32_LOG: 'loud' })).toThrow(/logLevel \(ART32_LOG\)/)
})

it('refuses a file that is no JSON, and a key that it does not know', () => {
  file('{')
  expect(() => readConfig({ ART32_DATA: folder })).toThrow(/not valid JSON/)
  file('{"prot": 1}')
  expect(() => readConfig({ ART32_DATA: folder })).toThrow(/unknown key prot.*port/)
})

it('drops the slash at the end of the public address', () => {
  expect(readConfig({ ART32_DATA: folder, ART32_URL: 'https://art32.example.com/' }).publicUrl).toBe(
    'https://art32.example.com',
  )
})
