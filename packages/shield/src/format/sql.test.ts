import { createSecretKey } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { run } from '../engine/run.ts'
import { begin } from '../input/open.ts'
import { streamSource } from '../input/source.ts'
import { readPlan } from '../plan/plan.ts'

const secret = createSecretKey(new Uint8Array(32).fill(7))

async function* pieces(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size))
}

async function shielded(text: string, columns: string, size = 1 << 16): Promise<string> {
  const out: Uint8Array[] = []
  await run({
    input: await begin(streamSource(pieces(new TextEncoder().encode(text), size)), 8),
    plan: readPlan(`plan: art32.shield/1\nformat: { kind: sql }\ncolumns:\n${columns}`, 'plan'),
    key: { secret, tenant: 'example', document: new Uint8Array(16) },
    threads: 0,
    sink: async (bytes) => {
      out.push(Uint8Array.from(bytes))
      await Promise.resolve()
    },
  })
  return Buffer.concat(out).toString()
}

const postgres = String.raw`--
-- PostgreSQL database dump
--
SET client_encoding = 'UTF8';
CREATE TABLE public.customer (
    id integer NOT NULL,
    mail text DEFAULT 'none'::text CHECK (mail <> ''),
    note text,
    CONSTRAINT customer_key PRIMARY KEY (id)
);
CREATE FUNCTION f() RETURNS text AS $body$ SELECT 'a;b' $body$ LANGUAGE sql;
COPY public.customer (id, mail, note) FROM stdin;
1	karla@example.com	rief an:\tkarla@example.com\\\nzwei
2	\N	
3	a;b	'
\.

INSERT INTO public.customer VALUES (4, 'o''karla@example.com', E'it\'s\n'), (5, NULL, now());
INSERT INTO "public"."customer" ("id", "note") VALUES
  (6, 'x),(y;'),
  (7, 'z') ON CONFLICT DO NOTHING;
SELECT pg_catalog.setval('public.customer_id_seq', 7, true);
`

const plan = `  public.customer.id: { type: number, do: keep }
  public.customer.mail: { type: email, do: mask, length: 3 }
  public.customer.note: { type: text, do: text }
`

describe('a dump of PostgreSQL', () => {
  test('keeps all that is nobody’s', async () => {
    const text = await shielded(postgres, plan)
    expect(text).toBe(
      postgres
        .replace('1\tkarla@example.com\trief an:\\tkarla@example.com', '1\t***\trief an:\\t[email]')
        .replace('3\ta;b', '3\t***')
        .replace("'o''karla@example.com'", "'***'"),
    )
  })

  test('is the same however few bytes come at a time', async () => {
    const whole = await shielded(postgres, plan)
    for (let size = 1; size < 60; size += 1) expect(await shielded(postgres, plan, size)).toBe(whole)
  })

  test('keeps back what no plan names, and what is in statements', async () => {
    const script = "COMMENT ON TABLE t IS 'ask karla@example.com';\nINSERT INTO t (a, b) VALUES (1, 'Karla');\n"
    expect(await shielded(script, '  t.a: { type: number, do: keep }\n')).toBe(
      "COMMENT ON TABLE t IS 'ask [email]';\nINSERT INTO t (a, b) VALUES (1, '');\n",
    )
  })

  test('that ends inside of its rows is refused', async () => {
    await expect(shielded("INSERT INTO t (a) VALUES ('x", plan)).rejects.toThrow('ends inside of the rows of t')
  })
})

test('a dump of MySQL has backslashes that escape, names in backticks', async () => {
  const script =
    "-- MySQL dump 10.13\nCREATE TABLE `users` (\n  `id` int,\n  `name` varchar(9),\n  PRIMARY KEY (`id`)\n);\nINSERT INTO `users` VALUES (1,'O\\'Neil, \\\"x\\\"'),(2,'b\\\\');\n"
  const text = await shielded(
    script,
    '  users.id: { type: number, do: keep }\n  users.name: { type: name, do: mask }\n',
  )
  expect(text).toContain("VALUES (1,'***********'),(2,'**');")
})
