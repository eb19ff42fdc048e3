import { describe, expect, it } from 'vitest'
import { isCommonPassword } from './common-password.ts'

const owner = { name: 'Anna Berg', email: 'anna.b@example.com' }

describe('isCommonPassword', () => {
  it.each([
    'administrator',
    'Unbelievable',
    'u n b e l i e v a b l e',
    'ＰＡＳＳＷＯＲＤ１２３４',
    'Password2026!',
    '!!qwertyuiop!!',
    'passwordpassword',
    'xxxxxxxxxxxxxxxx',
    'abcabcabcabcabc',
    'abcdefghijklmno',
    '12345678901234',
    '987654321098',
    'anna.b@example.com',
    'Anna.Berg.2026',
    'ART32art32ART32',
    'anna-password',
    'AnnaBergArt32!',
  ])('knows %s', async (password) => {
    expect(await isCommonPassword(password, owner)).toBe(true)
  })

  it.each([
    'correct horse battery staple',
    'four words are better',
    'Maßnahmen brauchen Belege',
    'anna climbs a hill',
    'k7#Vq!m2zP0x',
    '83749283love38472938',
  ])('lets %s pass', async (password) => {
    expect(await isCommonPassword(password, owner)).toBe(false)
  })
})
