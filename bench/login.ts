import { openPasswords, owaspCost } from '../apps/server/src/platform/password.ts'
import { rate, rounded, type Row } from './table.ts'

/** Password checks by argon2id at the cost that OWASP recommends. */
export async function measure(): Promise<readonly Row[]> {
  const passwords = openPasswords()
  const hash = await passwords.hash('correct horse battery staple')
  const check = () => passwords.verify('correct horse battery staple', hash)
  const single = await rate(check, 1, 2)
  const full = await rate(() => Promise.all(Array.from({ length: 8 }, check)), 8, 3)
  const cost = `argon2id, ${owaspCost.memoryKiB} KiB, ${owaspCost.passes} passes`
  return [
    { what: 'password checks, one after the other', value: rounded(single), unit: '/s', note: cost },
    {
      what: 'password checks, eight at once',
      value: rounded(full),
      unit: '/s',
      bar: 'at least 40 /s on two cores',
      note: 'two lanes, so that a flood of sign-ins starves nothing else',
    },
  ]
}
