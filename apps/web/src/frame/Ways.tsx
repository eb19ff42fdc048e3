import { Link, useLocation } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay, useMembership } from '../account/session.ts'
import { useWaiting } from '../platform/use-waiting.ts'

/** What people do, in the order in which a small provider sets it up; with what is needed to read it, where not every member may. */
const organisation = [
  ['/t/$slug/guidelines', 'frame.guidelines'],
  ['/t/$slug/duties', 'frame.duties'],
  ['/t/$slug/people', 'frame.people'],
  ['/t/$slug/processors', 'frame.processors'],
  ['/t/$slug/customers', 'frame.customers', 'ledger:read'],
  ['/t/$slug/apps', 'frame.apps'],
  ['/t/$slug/incidents', 'frame.incidents', 'ledger:read'],
  ['/t/$slug/reports', 'frame.reports', 'ledger:read'],
  ['/t/$slug/requests', 'frame.requests', 'request:read'],
  ['/t/$slug/risks', 'frame.risks', 'ledger:read'],
  ['/t/$slug/audits', 'frame.audits', 'ledger:read'],
  ['/t/$slug/shield', 'frame.shield', 'ledger:read'],
] as const

type Way = (typeof organisation)[number] | ReturnType<typeof useWays>[number]

/** The pages of a tenant: in a row, or on a narrow screen behind one button. */
export function Ways({ slug }: { slug: string }) {
  const { t } = useTranslation()
  const [opened, setOpened] = useState(false)
  const ways = useWays()
  const close = () => setOpened(false)
  return (
    <>
      <button
        type="button"
        className="ways-toggle quiet-button"
        aria-expanded={opened}
        aria-controls="ways"
        onClick={() => setOpened(!opened)}
      >
        {t('frame.menu')}
      </button>
      <nav id="ways" className="ways" data-opened={opened} aria-label={t('frame.pages')}>
        {ways.map((way) =>
          way[0] === null ? (
            <Organisation key="organisation" slug={slug} onFollow={close} />
          ) : (
            <WayLink key={way[0]} way={way} slug={slug} onFollow={close} />
          ),
        )}
      </nav>
    </>
  )
}

function useWays() {
  const mayLedger = useMay('ledger:read')
  const isOwner = useMembership()?.role === 'owner'
  return [
    ['/t/$slug', 'frame.document'],
    ['/t/$slug/read', 'frame.read'],
    ['/t/$slug/systems', 'frame.systems'],
    ['/t/$slug/findings', 'frame.findings'],
    [null, 'frame.organisation'],
    ['/t/$slug/editions', 'frame.editions'],
    ...(mayLedger ? ([['/t/$slug/ledger', 'frame.ledger']] as const) : []),
    ['/t/$slug/catalogue', 'frame.catalogue'],
    ...(isOwner ? ([['/t/$slug/settings', 'frame.tenantSettings']] as const) : []),
  ] as const
}

/** A list that opens under its button (the disclosure of WAI-ARIA's practices); on a narrow screen it is always open. */
function Organisation({ slug, onFollow }: { slug: string; onFollow: () => void }) {
  const { t } = useTranslation()
  const { pathname } = useLocation()
  const [opened, setOpened] = useState(false)
  const place = useRef<HTMLDivElement>(null)
  const permissions = useMembership()?.permissions ?? []
  const offered = organisation.filter(([, , needed]) => needed === undefined || permissions.includes(needed))
  const isHere = organisation.some(([to]) => pathname.startsWith(to.replace('$slug', slug)))
  useEffect(() => {
    const leave = ({ target }: Event) => {
      if (target instanceof Node && !place.current?.contains(target)) setOpened(false)
    }
    const escape = ({ key, target }: KeyboardEvent) => {
      if (key !== 'Escape' || !(target instanceof Node) || !place.current?.contains(target)) return
      setOpened(false)
      place.current.querySelector('button')?.focus()
    }
    document.addEventListener('pointerdown', leave)
    document.addEventListener('keydown', escape)
    document.addEventListener('focusin', leave)
    return () => {
      document.removeEventListener('pointerdown', leave)
      document.removeEventListener('focusin', leave)
      document.removeEventListener('keydown', escape)
    }
  }, [])
  return (
    <div ref={place} className="ways-group" data-opened={opened}>
      <button
        type="button"
        aria-expanded={opened}
        aria-controls="ways-organisation"
        data-here={isHere}
        onClick={() => setOpened(!opened)}
      >
        {t('frame.organisation')}
      </button>
      <div id="ways-organisation" className="ways-list">
        {offered.map((way) => (
          <WayLink
            key={way[0]}
            way={way}
            slug={slug}
            onFollow={() => {
              setOpened(false)
              onFollow()
            }}
          />
        ))}
      </div>
    </div>
  )
}

function WayLink({ way, slug, onFollow }: { way: Way; slug: string; onFollow: () => void }) {
  const { t } = useTranslation()
  const waiting = useWaiting()
  const [to, word] = way
  if (to === null) return null
  return (
    <Link
      onClick={onFollow}
      to={to}
      params={{ slug }}
      activeOptions={{ exact: to === '/t/$slug', includeSearch: false }}
    >
      {t(word)}
      {word === 'frame.systems' && waiting > 0 ? (
        <span className="waiting-count">
          <span aria-hidden>{waiting}</span>
          <span className="hidden">{t('frame.waiting', { count: waiting })}</span>
        </span>
      ) : null}
    </Link>
  )
}
