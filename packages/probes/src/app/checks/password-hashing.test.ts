import { examine } from '../../testing/examine.ts'
import { appPasswordHashing } from './password-hashing.ts'

const argon2 = (memory: number, rounds: number) => `$argon2id$v=19$m=${memory},t=${rounds},p=1$`
const also = (form: string) => ({
  change: (f: { passwords: { form: string; count: number }[] }) => {
    f.passwords.push({ form, count: 1 })
  },
})

examine(appPasswordHashing, {
  good: {
    passwords: [
      { form: argon2(19_456, 2), count: 40 },
      { form: '$2b$12$', count: 3 },
      { form: '$scrypt$ln=17,r=8,p=1$', count: 1 },
    ],
  },
  bad: {
    'argon2id has too little memory': { ...also(argon2(4_096, 2)), says: 'weak' },
    'argon2id has too few rounds': { ...also(argon2(19_456, 1)), says: 'weak' },
    'argon2i is no argon2id': { ...also('$argon2i$v=19$m=65536,t=3,p=1$'), says: 'weak' },
    'bcrypt costs too little': { ...also('$2a$10$'), says: 'weak' },
    'scrypt costs too little': { ...also('$scrypt$ln=14,r=8,p=1$'), says: 'weak' },
    'something else is stored': { ...also('other'), says: 'other' },
  },
  empty: {
    'nothing is stored': (f) => {
      f.passwords = []
    },
  },
})
