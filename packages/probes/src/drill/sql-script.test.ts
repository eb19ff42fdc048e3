import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Fault } from './fault.ts'
import { readScript } from './sql-script.ts'

/** The pieces of a script that comes in parts of some bytes. */
async function pieces(text: string | Buffer, bytes = 7): Promise<unknown[]> {
  const whole = Buffer.from(text)
  const parts = (function* () {
    for (let at = 0; at < whole.length; at += bytes) yield whole.subarray(at, at + bytes)
  })()
  const found: unknown[] = []
  for await (const piece of readScript(
    (async function* () {
      yield* parts
    })(),
  )) {
    const before = found.at(-1)
    if (piece.kind === 'rows' && typeof before === 'string' && before.startsWith('rows '))
      found[found.length - 1] = before + piece.bytes.toString()
    else
      found.push(
        piece.kind === 'rows'
          ? `rows ${piece.bytes.toString()}`
          : piece.kind === 'end'
            ? 'end'
            : `${piece.line} ${piece.sql}`,
      )
  }
  return found
}
const fault = async (text: string) => {
  try {
    await pieces(text)
  } catch (error) {
    if (error instanceof Fault) return `${error.problem} ${error.place}`
    throw error
  }
  return 'none'
}

describe('a script is cut', () => {
  it.each([
    ['at semicolons', 'select 1;\nselect 2;', ['1 select 1', '2 select 2']],
    [
      'not in strings',
      "select ';', 'it''s;', E'\\';', e'\\\\';\nselect 2;",
      ["1 select ';', 'it''s;', E'\\';', e'\\\\'", '2 select 2'],
    ],
    ['not in names', 'create table "a;""b" (c int);', ['1 create table "a;""b" (c int)']],
    [
      'not in dollar quotes',
      'create function f() as $_x$ a; $$ b; $_x$;\nselect $1;',
      ['1 create function f() as $_x$ a; $$ b; $_x$', '2 select $1'],
    ],
    ['not in comments, which are left out', "select /* ; /* ' */ ; */ 1 -- ;\n, 2;", ['1 select   1 \n, 2']],
    [
      'not in the body of an SQL function',
      'create or replace function f() begin atomic select case when true then 1 end; select 2; end;\nselect 3;',
      ['1 create or replace function f() begin atomic select case when true then 1 end; select 2; end', '2 select 3'],
    ],
    [
      'not in a rule',
      'create rule r as on insert to a do (select 1; select 2);',
      ['1 create rule r as on insert to a do (select 1; select 2)'],
    ],
    [
      'with rows that hold what looks like SQL',
      'COPY public.a (b) FROM stdin;\n1;\n\\\\.\n\\.x\n\\.\nselect 1;',
      ['1 COPY public.a (b) FROM stdin', 'rows 1;\n\\\\.\n\\.x\n', 'end', '6 select 1'],
    ],
    [
      'with no rows',
      'copy a from stdin;\n\\.\ncopy b from stdin;\n\\.',
      ['1 copy a from stdin', 'end', '3 copy b from stdin', 'end'],
    ],
    [
      'in lines of Windows',
      'copy a from stdin;\r\n1\r\n\\.\r\nselect 1;\r\n',
      ['1 copy a from stdin', 'rows 1\r\n', 'end', '4 select 1'],
    ],
    ['without what pg_dump puts around it', '\\restrict aB3\n\n\nselect 1;\n\n\\unrestrict aB3\n', ['4 select 1']],
  ])('%s', async (_how, text, cut) => {
    for (const bytes of [1, 7, 10_000]) expect(await pieces(text, bytes)).toEqual(cut)
  })
})

describe('a script is at fault', () => {
  it.each([
    ['where it runs a program', 'select 1;\n\\! touch /tmp/x\n', 'psql-command line 2: \\!'],
    ['where it goes elsewhere', '\\connect shop\n', 'psql-command line 1: \\connect'],
    ['where a statement sends its rows to a program', 'select 1 \\g |sh\n', 'psql-command line 1: \\g'],
    ['where a restriction hides a command', '\\restrict a;\\!\n', 'psql-command line 1: \\restrict'],
    ['where it ends in rows', 'copy a from stdin;\n1\n2\n', 'truncated line 4'],
    ['where it ends in a statement', 'select 1;\ncreate table a (\n  b int', 'truncated line 2'],
    ['where it ends in a string', "select 'a;\n", 'truncated line 1'],
    [
      'where it does not say that it is complete',
      '--\n-- PostgreSQL database dump\n--\n\nselect 1;\n',
      'truncated line 6: the dump does not say',
    ],
    ['where nothing is in it', '-- nothing\n\n', 'empty no statement in it'],
  ])('%s', async (_where, text, says) => {
    expect(await fault(text)).toContain(says)
  })
})

it('is whole where pg_dump says so', async () => {
  const text = '--\n-- PostgreSQL database dump\n--\nselect 1;\n--\n-- PostgreSQL database dump complete\n--\n'
  expect(await pieces(text)).toEqual(['4 select 1'])
})

it('reads any bytes in the end, or says what is wrong', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.constantFrom(
          "'",
          '"',
          '$$',
          '$a$',
          '\\',
          ';',
          '\n',
          '--',
          '/*',
          '*/',
          'E',
          ' ',
          'copy a from stdin;',
          '\\.',
          '(',
          ')',
          'é',
        ),
        { maxLength: 40 },
      ),
      async (words) => {
        expect(typeof (await fault(words.join('')))).toBe('string')
      },
    ),
  )
  expect(await fault(gzipSync('select 1;').toString('latin1'))).not.toBe('none')
})
