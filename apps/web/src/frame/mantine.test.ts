import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'

const source = path.join(import.meta.dirname, '..')
const styles = path.join(import.meta.dirname, '../../../../node_modules/@mantine/core/styles')
/** Its own file styles the arrows alone, and no field shows any. */
const withoutArrows = ['NumberInput']

/** The components of Mantine that a file uses. */
const usedBy = (code: string): string[] =>
  [...code.matchAll(/import \{([^}]*)\} from '@mantine\/core'/g)].flatMap(([, names = '']) =>
    names.split(',').map((name) => name.trim()),
  )

it('has the style of every component of Mantine that is used', () => {
  const used = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.tsx'))
    .flatMap((file) => usedBy(readFileSync(path.join(source, file), 'utf8')))
  const imported = readFileSync(path.join(import.meta.dirname, 'mantine.css'), 'utf8')
  const styled = [...new Set(used)].filter((name) => existsSync(path.join(styles, `${name}.layer.css`)))
  expect(styled.length).toBeGreaterThan(8)
  expect(styled.filter((name) => !withoutArrows.includes(name) && !imported.includes(`/${name}.layer.css'`))).toEqual(
    [],
  )
})
