import { createInterface } from 'node:readline'
import type { GitFacts } from './facts.ts'
import type { Repository } from './repository.ts'

/** A shape that is a secret beyond reasonable doubt: prefixes that vendors chose for this purpose, and private keys. */
const rules: readonly { readonly rule: string; readonly pattern: RegExp }[] = [
  { rule: 'private-key', pattern: /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----/ },
  { rule: 'aws-access-key', pattern: /\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/ },
  { rule: 'github-token', pattern: /\b(?:gh[opsur]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{60,})\b/ },
  { rule: 'gitlab-token', pattern: /\bglpat-[\w-]{20,}/ },
  { rule: 'atlassian-token', pattern: /\bATATT3[\w=-]{60,}/ },
  { rule: 'slack-token', pattern: /\bxox[abpors]-[\w-]{20,}/ },
  { rule: 'stripe-key', pattern: /\b[sr]k_live_[A-Za-z0-9]{20,}/ },
  { rule: 'google-key', pattern: /\bAIza[\w-]{35}(?![\w-])/ },
  { rule: 'npm-token', pattern: /\bnpm_[A-Za-z0-9]{36}\b/ },
  { rule: 'sendgrid-key', pattern: /\bSG\.[\w-]{22}\.[\w-]{43}/ },
  { rule: 'azure-storage-key', pattern: /AccountKey=[A-Za-z0-9+/]{86}==/ },
  { rule: 'age-key', pattern: /AGE-SECRET-KEY-1[0-9A-Z]{58}/ },
]

/** Name of the rule that a line breaks, if any. */
export function secretIn(line: string): string | undefined {
  return rules.find(({ pattern }) => pattern.test(line))?.rule
}

const limits = { bytes: 400_000_000, lineLength: 4_096, found: 200 }

/**
 * Reads every added line of the whole history, all branches, once. Bounded: very long lines are cut (minified code
 * and data), and reading stops after 400 MB of changes or two hundred findings, which is then said.
 */
export async function scanHistory({ stream }: Repository): Promise<GitFacts['secrets']> {
  const source = stream(
    'log',
    '--all',
    '-p',
    '-U0',
    '--no-color',
    '--no-ext-diff',
    '--no-textconv',
    '--no-renames',
    '--format=%x00%h',
  )
  const found = new Map<string, GitFacts['secrets']['found'][number]>()
  let commit = ''
  let path = ''
  let commits = 0
  let bytes = 0
  let stopped = false
  for await (const line of createInterface({ input: source, crlfDelay: Number.POSITIVE_INFINITY })) {
    bytes += line.length + 1
    if (line.startsWith('\0')) {
      commit = line.slice(1)
      commits += 1
    } else if (line.startsWith('+++ ')) path = line.replace(/^\+\+\+ (?:b\/)?/, '')
    else if (line.startsWith('+')) {
      const rule = secretIn(line.slice(1, limits.lineLength))
      // Oldest wins: that commit brought it in.
      if (rule !== undefined) found.set(`${rule}\0${path}`, { rule, path, commit })
    }
    stopped = bytes > limits.bytes || found.size >= limits.found
    if (stopped) break
  }
  source.destroy()
  const order = (one: { rule: string; path: string }) => `${one.path}\0${one.rule}`
  return { found: [...found.values()].sort((a, b) => (order(a) < order(b) ? -1 : 1)), commits, scannedAll: !stopped }
}
