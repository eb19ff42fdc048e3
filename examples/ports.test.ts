import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { PortRefused, openPorts } from './vendors/ports.ts'

const folders: string[] = []

function newFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'art32-demo-ports-'))
  folders.push(folder)
  return folder
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

test('a server gets the same port at each start', async () => {
  const folder = newFolder()
  const first = openPorts(folder, '127.0.0.1')
  const [one, other] = [await first.place('one'), await first.place('other')]
  first.save()
  expect(one.port).not.toBe(other.port)
  const second = openPorts(folder, '127.0.0.1')
  expect([await second.place('other'), await second.place('one')]).toEqual([other, one])
})

test('a port that somebody else took is named with the remedy', async () => {
  const folder = newFolder()
  const ports = openPorts(folder, '127.0.0.1')
  const { port } = await ports.place('azure')
  ports.save()
  const stranger = createServer()
  await new Promise<void>((resolve) => stranger.listen(port, '127.0.0.1', resolve))
  const refused = openPorts(folder, '127.0.0.1').place('azure')
  await expect(refused).rejects.toThrow(PortRefused)
  await expect(refused).rejects.toThrow(
    `The demo's server "azure" had port ${port} of 127.0.0.1 at its first start, and another program listens there now. End that program, or start the demo with another data folder (ART32_DATA).`,
  )
  stranger.close()
})

test('an address that the machine does not have is named', async () => {
  await expect(openPorts(newFolder(), '192.0.2.1').place('azure')).rejects.toThrow('has no address 192.0.2.1')
})
