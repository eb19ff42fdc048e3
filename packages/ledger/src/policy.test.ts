import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesOf, ed25519Signer, nodeCrypto } from '../testing/node-crypto.ts'
import {
  acceptCheckpoint,
  formatPolicy,
  formatVkey,
  LedgerError,
  openCheckpoint,
  parsePolicy,
  signNote,
  verifierKey,
} from './index.ts'

const log = ed25519Signer('example.com/log', bytesOf('log'))
const witnesses = ['x1', 'x2', 'x3', 'y1'].map((name) => ed25519Signer(`${name}.example`, bytesOf(name), 0x04))
const [x1, x2, x3, y1] = witnesses.map((signer) => formatVkey(verifierKey(nodeCrypto, signer)))
const logVkey = formatVkey(verifierKey(nodeCrypto, log))
const text = `example.com/log\n3\n${bytesOf('root').toString('base64')}\n`

const policyText = `# two of X and one of Y
log ${logVkey} https://example.com/log

witness X1 ${x1}
\twitness  X2\t${x2}
witness X3 ${x3} https://x3.example
group X-witnesses 2 X1 X2 X3
witness Y1 ${y1}
group Y-witnesses any Y1
group X-and-Y all X-witnesses Y-witnesses
quorum X-and-Y
`
const policy = parsePolicy(nodeCrypto, policyText)
const signedBy = (...names: number[]) =>
  signNote(nodeCrypto, text, [log, ...names.map((i) => witnesses[i]!)], 1_700_000_000)

describe('policy', () => {
  it('reads the example of the specification and writes it in one spelling', () => {
    const spelling = formatPolicy(policy)
    expect(parsePolicy(nodeCrypto, spelling)).toEqual(policy)
    expect(spelling).not.toMatch(/#|\t| {2}|all/)
    expect(policy.groups.map(({ threshold }) => threshold)).toEqual([2, 1, 2])
  })

  it('accepts a checkpoint exactly when the groups of the quorum have cosigned', () => {
    const cases: readonly (readonly [readonly number[], boolean])[] = [
      [[0, 1, 3], true],
      [[0, 2, 3], true],
      [[0, 1, 2, 3], true],
      [[0, 1, 2], false],
      [[0, 3], false],
      [[], false],
    ]
    for (const [names, ok] of cases) {
      const accept = () => acceptCheckpoint(nodeCrypto, policy, signedBy(...names))
      if (ok) expect(accept().witnessed).toContainEqual({ name: 'Y1', posixTime: 1_700_000_000 })
      else expect(accept).toThrow(expect.objectContaining({ code: 'policy' }))
    }
  })

  it('refuses cosigned checkpoints that the log itself has not signed, or signed under another origin', () => {
    const alone = signNote(nodeCrypto, text, witnesses)
    expect(() => acceptCheckpoint(nodeCrypto, policy, alone)).toThrow('not signed by a trusted key of the log')
    const foreign = signNote(nodeCrypto, text.replace('example.com/log', 'example.com/other'), [log, ...witnesses])
    expect(() => acceptCheckpoint(nodeCrypto, policy, foreign)).toThrow(
      'not signed by a trusted key of the log example.com/other',
    )
    const key = verifierKey(nodeCrypto, log)
    expect(openCheckpoint(nodeCrypto, signedBy(), [key])).toMatchObject({ origin: 'example.com/log', size: 3 })
  })

  it('does not take a witness that bears the origin of a log for the log', () => {
    const disguised = { ...ed25519Signer('example.com/log', bytesOf('w'), 0x04) }
    const vkey = formatVkey(verifierKey(nodeCrypto, disguised))
    const trusting = parsePolicy(nodeCrypto, `log ${logVkey}\nwitness W ${vkey}\nquorum W\n`)
    expect(() => acceptCheckpoint(nodeCrypto, trusting, signNote(nodeCrypto, text, [disguised]))).toThrow(LedgerError)
    expect(acceptCheckpoint(nodeCrypto, trusting, signNote(nodeCrypto, text, [log, disguised])).witnessed).toHaveLength(
      1,
    )
  })

  it('refuses policies that say nothing definite, naming the line', () => {
    const wrong: readonly (readonly [string, string | undefined])[] = [
      ['', undefined],
      [`log ${logVkey}\n`, undefined],
      ['quorum none', undefined],
      ['quorum none\nquorum none\n', 'line 2'],
      ['quorum X\n', 'line 1'],
      [`log ${logVkey}\nlog ${logVkey}\nquorum none\n`, 'line 2'],
      [`log ${logVkey.slice(1)}\nquorum none\n`, 'line 1'],
      [`witness none ${x1}\nquorum none\n`, 'line 1'],
      [`witness X ${logVkey}\nquorum none\n`, 'line 1'],
      [`witness X ${x1}\nwitness X ${x2}\nquorum none\n`, 'line 2'],
      [`witness X ${x1}\nwitness Y ${x1}\nquorum none\n`, 'line 2'],
      [`witness X ${x1}\ngroup g 2 X\nquorum g\n`, 'line 2'],
      [`witness X ${x1}\ngroup g 0 X\nquorum g\n`, 'line 2'],
      [`witness X ${x1}\ngroup g any X X\nquorum g\n`, 'line 2'],
      [`witness X ${x1}\ngroup g any g\nquorum g\n`, 'line 2'],
      [`witness X ${x1}\ngroup g any X\ngroup h any X\nquorum g\n`, 'line 3'],
      [`group g any\nquorum g\n`, 'line 1'],
      ['trust everybody\nquorum none\n', 'line 1'],
      ['quorum none\r\n', 'line 1'],
      ['quorum none\u007f\n', 'line 1'],
    ]
    for (const [bad, place] of wrong) {
      expect(() => parsePolicy(nodeCrypto, bad), bad).toThrow(expect.objectContaining({ name: 'LedgerError', place }))
    }
  })

  it('ends every text as a policy or a LedgerError', () => {
    const words = fc.constantFrom(
      'log',
      'witness',
      'group',
      'quorum',
      'none',
      'any',
      'all',
      '1',
      'X',
      x1!,
      logVkey,
      ' ',
      '\n',
      '#',
    )
    fc.assert(
      fc.property(
        fc.array(words, { maxLength: 30 }).map((parts) => `${parts.join(' ')}\n`),
        (input) => {
          try {
            expect(parsePolicy(nodeCrypto, formatPolicy(parsePolicy(nodeCrypto, input))).quorum).toBeTruthy()
          } catch (error) {
            expect(error).toBeInstanceOf(LedgerError)
          }
        },
      ),
    )
  })
})
