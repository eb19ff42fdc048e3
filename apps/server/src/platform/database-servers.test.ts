import { describe, expect, it } from 'vitest'
import { readConfig } from './config.ts'

const read = (servers: string, room = '') =>
  readConfig({ ART32_DATA: '/nonexistent', ART32_DATABASE_SERVERS: servers, ART32_DATABASE_ROOM: room })
const east = 'postgresql://admin:s3cret@db.example.com/postgres?sslmode=verify-full'

describe('the setting of the database servers', () => {
  it('names each server and keeps its address', () => {
    const { databaseServers, databaseRoom } = read(
      `east=${east}\n  west=postgresql:///art32?host=/run/pg`,
      'first=2 west=0',
    )
    expect(databaseServers.map(({ name }) => name)).toEqual(['east', 'west'])
    expect(databaseServers[0]?.url).toBe(east)
    expect([...databaseRoom]).toEqual([
      ['first', 2],
      ['west', 0],
    ])
  })

  it.each([
    ['east=postgresql://admin:s3cret@db.example.com/postgres', 'leads to another machine without TLS'],
    ['East=postgresql:///x', 'is named by up to 31'],
    [east, 'is named by up to 31'],
    [`first=${east}`, 'the name first is taken'],
    [`east=${east} east=${east}`, 'the name east is taken'],
    ['east=mysql://admin:s3cret@localhost/x', 'the address of east'],
    ['east=', 'the address of east'],
  ])('refuses %j without repeating a password', (text, problem) => {
    const refusal = () => read(text)
    expect(refusal).toThrow(problem)
    expect(refusal).not.toThrow('s3cret')
  })

  it.each([
    ['west=3', 'there is no server "west"'],
    ['first=many', 'first takes a number'],
    ['first=-1', 'first takes a number'],
  ])('refuses the room %j', (room, problem) => {
    expect(() => read('', room)).toThrow(problem)
  })
})
