import { Menu, useMantineColorScheme } from '@mantine/core'
import { useQueryClient, onlineManager } from '@tanstack/react-query'
import { Link, Outlet, useNavigate } from '@tanstack/react-router'
import type { TFunction } from 'i18next'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { ConfirmDialog } from '../account/ConfirmDialog.tsx'
import { useMembership, useWhoami, whoami } from '../account/session.ts'
import type { Whoami } from '../api/api.ts'
import { signOut } from '../api/call.ts'
import { chooseLanguage, languages } from '../language/language.ts'
import { changeLanguage } from '../language/start.ts'
import { useLanguage } from '../language/use-language.ts'
import { isOperator } from '../tenant/operator.ts'
import { KeyHelp } from './KeyHelp.tsx'
import { asksForHelp } from './keys.ts'
import { useLetterKeys } from './use-letter-keys.ts'
import { Ways } from './Ways.tsx'

const schemes = ['auto', 'light', 'dark'] as const

/** Around every page: skip link, name of the tenant, ways to the other pages, menu of the person. */
export function Frame() {
  const { t } = useTranslation()
  const tenant = useMembership()
  const [help, setHelp] = useHelpKey()
  return (
    <>
      <a className="skip" href="#main">
        {t('frame.skip')}
      </a>
      <header className="bar">
        <Link to="/" className="mark" aria-label={t('frame.home')}>
          art32
        </Link>
        {tenant ? <span className="bar-tenant">{nameOf(tenant, t)}</span> : null}
        {tenant && tenant.role !== 'guest' ? <Ways slug={tenant.slug} /> : null}
        <PersonMenu onHelp={() => setHelp(true)} />
      </header>
      <Offline />
      <Outlet />
      <KeyHelp opened={help} onClose={() => setHelp(false)} />
      <ConfirmDialog />
    </>
  )
}

/** The tenant in the address; whoever is let in for a time is told as what. */
function nameOf({ name, role }: Whoami['tenants'][number], t: TFunction): string {
  return role === 'operator' || role === 'guest' ? `${name} · ${t(`role.${role}`)}` : name
}

function PersonMenu({ onHelp }: { onHelp: () => void }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const me = useWhoami()
  const tenant = useMembership()
  const client = useQueryClient()
  const navigate = useNavigate()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const name = me?.account?.name ?? t('frame.settings')
  const leave = async () => {
    try {
      await signOut()
    } catch {
      // Nobody answers: leaving the page takes with it all that it shows and holds.
      window.location.replace('/sign-in')
      return
    }
    client.clear()
    await client.fetchQuery(whoami)
    await navigate({ to: '/sign-in', search: {} })
  }
  return (
    <div className="person">
      <Menu position="bottom-end" width={240} trapFocus withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <button type="button" className="quiet-button">
            {me?.account ? (
              <>
                <span className="person-name">{name}</span>
                <span className="person-initials">{initialsOf(name)}</span>
              </>
            ) : (
              name
            )}
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t('frame.language')}</Menu.Label>
          <Menu.RadioGroup value={language} onChange={(id) => void changeLanguage(chooseLanguage(id, []))}>
            {languages.map(({ id, name }) => (
              <Menu.RadioItem key={id} value={id} lang={id}>
                {name}
              </Menu.RadioItem>
            ))}
          </Menu.RadioGroup>
          <Menu.Divider />
          <Menu.Label>{t('frame.colours')}</Menu.Label>
          <Menu.RadioGroup
            value={colorScheme}
            onChange={(scheme) => setColorScheme(schemes.find((known) => known === scheme) ?? 'auto')}
          >
            {schemes.map((scheme) => (
              <Menu.RadioItem key={scheme} value={scheme}>
                {t(`frame.scheme.${scheme}`)}
              </Menu.RadioItem>
            ))}
          </Menu.RadioGroup>
          <Menu.Divider />
          <Menu.Item onClick={onHelp} rightSection="?">
            {t('frame.keys')}
          </Menu.Item>
          {me?.account ? (
            <Menu.Item onClick={() => void navigate({ to: '/account' })}>{t('frame.account')}</Menu.Item>
          ) : null}
          {tenant && tenant.role !== 'guest' ? (
            <Menu.Item onClick={() => void navigate({ to: '/t/$slug/members', params: { slug: tenant.slug } })}>
              {t('frame.members')}
            </Menu.Item>
          ) : null}
          {tenant ? (
            <Menu.Item onClick={() => void navigate({ to: '/t/$slug/notifications', params: { slug: tenant.slug } })}>
              {t('notification.title')}
            </Menu.Item>
          ) : null}
          {(me?.tenants.length ?? 0) > 0 ? (
            <Menu.Item onClick={() => void navigate({ to: '/tenants' })}>{t('frame.tenants')}</Menu.Item>
          ) : null}
          {me && isOperator(me) ? (
            <Menu.Item onClick={() => void navigate({ to: '/installation' })}>{t('frame.installation')}</Menu.Item>
          ) : null}
          {me?.account ? <Menu.Item onClick={() => void leave()}>{t('frame.signOut')}</Menu.Item> : null}
          {me ? <Menu.Label>{t('frame.version', { version: me.version })}</Menu.Label> : null}
        </Menu.Dropdown>
      </Menu>
    </div>
  )
}

/** The first letters of first and last word: a narrow bar has no room for a name. */
function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/)
  return [words[0], ...(words.length > 1 ? [words.at(-1)] : [])]
    .map((word) => Array.from(word ?? '')[0] ?? '')
    .join('')
    .toUpperCase()
}

function Offline() {
  const { t } = useTranslation()
  const online = useSyncExternalStore(
    (changed) => onlineManager.subscribe(changed),
    () => onlineManager.isOnline(),
  )
  return (
    <div role="status" className={online ? undefined : 'offline'}>
      {online ? null : t('state.offline')}
    </div>
  )
}

function useHelpKey(): [boolean, (opened: boolean) => void] {
  const [opened, setOpened] = useState(false)
  const [letters] = useLetterKeys()
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const target = event.target
      const typing =
        target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
      if (asksForHelp(event, typing, letters)) setOpened(true)
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [letters])
  return [opened, setOpened]
}
