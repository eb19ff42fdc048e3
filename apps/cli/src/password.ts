import { Refusal } from './refusal.ts'
import type { Terminal } from './terminal.ts'

const longest = 1_024
const prompts = {
  password: 'Password: ',
  code: 'Code of the authenticator app, or a recovery code: ',
  share: 'Type it, it is not shown: ',
}
const key = { enter: /[\r\n]/, cancel: '\u0003', end: '\u0004', erase: /[\u0008\u007F]/ }

/**
 * Asks for a password or a code without showing it; without a terminal the next line of stdin is taken.
 *
 * @param what is asked for
 * @throws {Refusal} given up, empty or too long
 */
export async function readPassword(
  { input, err }: Pick<Terminal, 'input' | 'err'>,
  what: keyof typeof prompts = 'password',
): Promise<string> {
  if (input.isTTY) {
    err(prompts[what])
    input.setRawMode(true)
  }
  try {
    const typed = await readTyped(input)
    if (typed === '') throw new Refusal(`No ${what} was given. Type it, or send it on stdin.`)
    return typed
  } finally {
    if (input.isTTY) {
      input.setRawMode(false)
      err('\n')
    }
    input.pause()
  }
}

/** Characters up to the first line end, the rest goes back; in raw mode erasing and giving up are ours to understand. */
async function readTyped(input: NodeJS.ReadStream): Promise<string> {
  const typed: string[] = []
  input.setEncoding('utf8')
  for await (const chunk of input.iterator({ destroyOnReturn: false }) as AsyncIterable<string>) {
    let at = 0
    for (const character of chunk) {
      at += character.length
      if (character === key.cancel) throw new Refusal('Given up.')
      if (key.enter.test(character) || character === key.end) {
        if (at < chunk.length) input.unshift(chunk.slice(at))
        return typed.join('')
      }
      if (key.erase.test(character)) typed.pop()
      else typed.push(character)
      if (typed.length > longest) throw new Refusal(`A password or code has at most ${longest} characters.`)
    }
  }
  return typed.join('')
}
