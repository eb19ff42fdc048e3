import { Refusal } from './refusal.ts'
import type { Terminal } from './terminal.ts'

const longest = 1_024
const key = { enter: /[\r\n]/, cancel: '\u0003', end: '\u0004', erase: /[\u0008\u007F]/ }

/**
 * Asks for a password without showing it; without a terminal the first line of stdin is taken.
 *
 * @throws {Refusal} given up, empty or too long
 */
export async function readPassword({ input, err }: Pick<Terminal, 'input' | 'err'>): Promise<string> {
  if (input.isTTY) {
    err('Password: ')
    input.setRawMode(true)
  }
  try {
    const password = await readTyped(input)
    if (password === '') throw new Refusal('No password was given. Type it, or send it on stdin.')
    return password
  } finally {
    if (input.isTTY) {
      input.setRawMode(false)
      err('\n')
    }
    input.pause()
  }
}

/** Characters up to the first line end; in raw mode erasing and giving up are ours to understand. */
async function readTyped(input: NodeJS.ReadStream): Promise<string> {
  const typed: string[] = []
  input.setEncoding('utf8')
  for await (const chunk of input.iterator({ destroyOnReturn: false }) as AsyncIterable<string>) {
    for (const character of chunk) {
      if (character === key.cancel) throw new Refusal('Given up.')
      if (key.enter.test(character) || character === key.end) return typed.join('')
      if (key.erase.test(character)) typed.pop()
      else typed.push(character)
      if (typed.length > longest) throw new Refusal(`A password has at most ${longest} characters.`)
    }
  }
  return typed.join('')
}
