import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ed25519Signer, nodeCrypto } from '../testing/node-crypto.ts'
import { witnessedInput } from '../testing/sample-log.ts'
import {
  buildBundle,
  commit,
  decodeUtf8,
  emptyFrontier,
  encodeUtf8,
  formatVkey,
  openCheckpoint,
  parseVkey,
  sequence,
  signNote,
  verifierKey,
  verifyText,
} from './index.ts'

/** The worked example, made by the code; documents must show exactly this. */
function workedExample() {
  const fill = (byte: number) => new Uint8Array(32).fill(byte)
  const signer = ed25519Signer('art32.example/t/9f3k2m5p7q8r1s4t', fill(1))
  const content = encodeUtf8('{"title":"Encryption in transit"}')
  const batch = sequence(nodeCrypto, { origin: signer.name, frontier: emptyFrontier, last: undefined }, [
    {
      actor: { c: commit(nodeCrypto, fill(3), encodeUtf8('{"id":"scheduler"}')), k: 'system' },
      at: '2026-11-22T00:39:59.123Z',
      links: [],
      obj: [{ c: commit(nodeCrypto, fill(2), content), n: content.length, role: 'content' }],
      subj: { id: '5f1c9a7e2b3d4f60', t: 'measure' },
      type: 'measure.created',
    },
  ])
  return {
    leaf: decodeUtf8(batch.entries[0]!),
    checkpoint: signNote(nodeCrypto, batch.text, [signer]),
    vkey: formatVkey(verifierKey(nodeCrypto, signer)),
  }
}

const hasTools = (() => {
  try {
    execFileSync('bash', ['-c', 'openssl version && stat -c %s / && base64 --version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
})()
const withTools = hasTools ? '' : '(skipped: bash, GNU coreutils or OpenSSL is absent)'

/** Runs a script in a folder of its own that holds the given files. */
function runIn(files: ReadonlyMap<string, Uint8Array | string>, script: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'ledger-'))
  try {
    for (const [path, bytes] of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), bytes)
    }
    // bash reports a failed check by its words; its status is that of the last command only.
    return execFileSync('bash', ['-u', '-c', `${script}\ntrue`], {
      cwd: folder,
      env: { ...process.env, TMPDIR: folder },
      encoding: 'utf8',
    })
  } finally {
    rmSync(folder, { recursive: true })
  }
}

describe('documents', () => {
  const page = readFileSync(new URL('../../../docs/reference/ledger-format.md', import.meta.url), 'utf8')
  const blocks = [...page.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(([, language, text]) => ({ language, text: text! }))
  const block = (language: string) => blocks.find((one) => one.language === language)?.text

  it('show the worked example that the code makes', () => {
    const { leaf, checkpoint, vkey } = workedExample()
    expect(block('leaf')).toBe(`${leaf}\n`)
    expect(block('checkpoint')).toBe(checkpoint)
    expect(block('vkey')).toBe(`${vkey}\n`)
    expect(openCheckpoint(nodeCrypto, checkpoint, [parseVkey(nodeCrypto, vkey)]).size).toBe(1)
    const source = readFileSync(new URL('index.ts', import.meta.url), 'utf8')
    for (const line of [leaf, ...checkpoint.trimEnd().split('\n').filter(Boolean)])
      expect(source).toContain(` *     ${line}\n`)
  })

  it.skipIf(!hasTools)(`print what the shell commands of the reference print ${withTools}`, () => {
    const { leaf, checkpoint, vkey } = workedExample()
    const files = new Map([
      ['leaf', leaf],
      ['checkpoint', checkpoint],
      ['vkey', `${vkey}\n`],
    ])
    const scripts = blocks.filter(({ language }) => language === 'sh').map(({ text }) => text)
    const outputs = blocks.filter(({ language }) => language === 'text').map(({ text }) => text)
    expect(scripts).toHaveLength(3)
    expect(runIn(files, scripts.join(''))).toBe(outputs.join(''))
  })

  it.skipIf(!hasTools)(
    `check a bundle in a shell by VERIFY.md, and see a changed byte of each part ${withTools}`,
    () => {
      const script = verifyText.replaceAll(/^(?! {4}).*\n/gm, '').replaceAll(/^ {4}/gm, '')
      const bundle = buildBundle(nodeCrypto, witnessedInput())
      const good = runIn(bundle, script)
      expect(good.split('\n').slice(6)).toEqual([
        'Signature Verified Successfully',
        'all 4 entries are here',
        'root is right',
        'opens   openings/0/content.content',
        'opens   openings/1/content.content',
        'opens   openings/2/content.content',
        'right   files/edition.html',
        'right   files/edition.pdf',
        'instance covers the first 4 entries',
        'Signature Verified Successfully',
        'customer.example/witness at 2026-11-22T01:00:00Z',
        'Signature Verified Successfully',
        'other.example/witness at 2026-11-22T01:00:00Z',
        '',
      ])
      const attack = encodeUtf8(decodeUtf8(bundle.get('checkpoint')!).replace('\n4\n', '\nx[$(touch planted)]\n'))
      expect(runIn(new Map(bundle).set('checkpoint', attack), `${script}\nls planted 2>&1`)).toContain('cannot access')
      const changes: readonly (readonly [string, number, string])[] = [
        ['checkpoint', 34, 'Signature Verification Failure'],
        ['tile/entries/000.p/4', 30, 'ROOT DIFFERS'],
        ['openings/1/content.content', 3, 'DOES NOT OPEN openings/1/content.content'],
        ['files/edition.pdf', 3, 'WRONG   files/edition.pdf'],
        ['instance/leaf', 30, 'instance DOES NOT BELONG TO THIS RECORD'],
        ['instance/checkpoint', 3, 'Signature Verification Failure'],
      ]
      for (const [path, at, answer] of changes) {
        const bytes = Uint8Array.from(bundle.get(path)!, (byte, i) => (i === at ? byte ^ 1 : byte))
        expect([path, runIn(new Map(bundle).set(path, bytes), script)]).toEqual([path, expect.stringContaining(answer)])
      }
    },
  )
})
