import { startVendor } from '../testing/vendor.ts'
import type { Said } from '../testing/vendor.ts'
import { description } from './description.ts'

const update = (at: string, components: readonly object[] | null) => ({
  id: 'u1',
  status: 'investigating',
  body: 'We are looking into it. Contact a-person-on-duty, on-duty@example.com.',
  created_at: at,
  affected_components: components,
})

/** As a Statuspage answers, with what is not read left in. */
export const statuspage = () => ({
  page: { id: 'p1', name: 'Example', url: 'https://status.example.com', time_zone: 'Etc/UTC' },
  incidents: [
    {
      id: 'k1forge',
      name: 'Functions <b>fail</b>\u202e, ask on-duty@example.com',
      status: 'resolved',
      impact: 'major',
      created_at: '2026-11-10T10:00:00.000+02:00',
      started_at: '2026-11-10T07:00:00.000Z',
      shortlink: 'https://stspg.io/k1forge',
      components: [],
      incident_updates: [update('2026-11-10T08:00:00Z', [{ code: 'c1', name: 'Forge Functions' }])],
    },
    {
      id: 'k2mail',
      name: 'Mail is slow',
      status: 'resolved',
      impact: 'minor',
      created_at: '2026-11-05T10:00:00Z',
      shortlink: 'https://evil.example.net/k2',
      components: [{ id: 'c2', name: 'Mail', status: 'operational' }],
      incident_updates: [update('2026-11-05T10:00:00Z', null)],
    },
    { id: 'k3unsaid', created_at: '2026-11-04T10:00:00Z', components: null, incident_updates: null },
    { id: 'k4old', created_at: '2025-01-04T10:00:00Z', components: null },
  ],
})

/** As Hetzner writes it: no component, no state, times without zone. */
export const atom = `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <title>Hetzner Status</title><id>https://status.example.com/</id><updated>2026-11-20T10:00:00+01:00</updated>
  <entry>
    <title type="text">Fault report Cloud Server &amp; network</title>
    <id>https://status.example.com/incident/0a1b2c3d</id>
    <link rel="alternate" href="https://status.example.com/incident/0a1b2c3d"/>
    <published>2026-11-12T06:00:00</published><updated>2026-11-13T06:00:00</updated>
    <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">At <b>FSN1</b> servers do not start.</div></content>
  </entry>
  <entry>
    <title type="html"><![CDATA[<b>Fault report</b> Webhosting]]></title>
    <id>urn:with spaces and a name</id>
    <link href="http://127.0.0.1/incident"/>
    <updated>2026-11-11T06:00:00Z</updated>
    <summary>Only webhosting</summary>
  </entry>
</feed>`

/** As Azure writes it; without any item while nothing lasts. */
export const rss = (items = '') => `\uFEFF<?xml version="1.0"?>
<rss xmlns:a10="http://www.w3.org/2005/Atom" version="2.0"><channel>
  <title>Azure Status</title><link>https://status.example.com/status/</link><description>Azure Status</description>${items}
</channel></rss>`

export const rssItem = `
  <item><guid isPermaLink="false">XK12-345</guid><link>https://status.example.com/status/</link>
    <title>Virtual Machines - West Europe - Investigating</title>
    <description>&lt;p&gt;Engineers are looking&lt;/p&gt;</description>
    <category>Virtual Machines</category><category>West Europe</category>
    <pubDate>Thu, 12 Nov 2026 16:29:09 Z</pubDate><a10:updated>2026-11-12T17:00:00Z</a10:updated></item>`

const xml = (text: string): Said => ({ status: 200, headers: { 'content-type': 'application/xml' }, text })

/** A server of status pages; nobody needs a credential. */
export const startStatus = (instead: Readonly<Record<string, () => Said>> = {}) =>
  startVendor({
    description,
    isAuthorised: ({ authorization }) => authorization === undefined,
    answers: {
      'GET /api/v2/incidents.json': statuspage,
      'GET /en.atom': () => xml(atom),
      'GET /en-us/status/feed/': () => xml(rss(rssItem)),
      ...instead,
    },
  })

export { xml }
