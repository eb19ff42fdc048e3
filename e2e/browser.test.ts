import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { browserAbsent, launchBrowser, openPage } from './browser.ts'

describe.skipIf(browserAbsent)('the browser of the tests', () => {
  let browser: Browser
  let server: Server
  let address: string

  beforeAll(async () => {
    server = createServer((request, response) => {
      response.setHeader('content-type', 'text/html; charset=utf-8')
      const foreign = request.url === '/foreign' ? '<img src="http://tracker.example/pixel.png" alt="">' : ''
      const broken = request.url === '/broken' ? '<script>throw new Error("planted")</script>' : ''
      response.end(`<!doctype html><html lang="de"><title>Maßnahmen</title><h1>Maßnahmen</h1>${foreign}${broken}`)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    address = `http://localhost:${(server.address() as AddressInfo).port}`
    browser = await launchBrowser()
  })

  afterAll(async () => {
    await browser.close()
    server.close()
  })

  test('draws a page of a local server with its own fonts', async () => {
    const { page, problems } = await openPage(browser, { locale: 'de-DE', viewport: { width: 400, height: 300 } })
    await page.goto(address)
    const drawn = await page.screenshot()
    await page.addStyleTag({ content: 'h1 { color: transparent }' })
    expect(await page.textContent('h1')).toBe('Maßnahmen')
    expect(drawn.subarray(1, 4).toString()).toBe('PNG')
    expect(drawn.equals(await page.screenshot())).toBe(false)
    expect(problems).toEqual([])
  })

  test('keeps requests on this machine and tells of them', async () => {
    const { page, problems } = await openPage(browser)
    await page.goto(`${address}/foreign`)
    expect(problems).toContain('request to another host: http://tracker.example/pixel.png')
  })

  test('tells of errors on the page', async () => {
    const { page, problems } = await openPage(browser)
    await page.goto(`${address}/broken`)
    expect(problems).toEqual(['uncaught: planted'])
  })

  test('keeps the same-origin rule', async () => {
    const { page } = await openPage(browser)
    await page.goto(address)
    const reached = page.evaluate(
      (other) =>
        fetch(other).then(
          () => 'read',
          () => 'refused',
        ),
      address.replace('localhost', '127.0.0.1'),
    )
    expect(await reached).toBe('refused')
  })
})
