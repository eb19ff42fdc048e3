import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../account/session.ts'
import { useChange, useRead } from '../api/use-api.ts'
import { Refusal } from '../customer/Refusal.tsx'
import { Dialog } from '../frame/Dialog.tsx'
import { Loaded } from '../frame/Loaded.tsx'
import { count, moment } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { Downloads } from '../paper/Downloads.tsx'
import { OwnRules } from './OwnRules.tsx'
import { Runs } from './Runs.tsx'
import { stale } from './app.ts'
import type { Category, RuleView } from './app.ts'

/** Hours between two runs that are offered. */
const rhythms = [1, 24, 168, 720, 2_160, 8_760] as const

const formats = ['pdf', 'docx', 'csv', 'json'] as const

/** Rules of deletion, of one app or of all, with how their runs stand. */
export function Rules({ appId, categories = [] }: { appId: string | null; categories?: readonly Category[] }) {
  const { t } = useTranslation()
  const list = useRead('deletion.list', appId === null ? {} : { appId })
  const mayWrite = useMay('register:write')
  const [opened, setOpened] = useState(false)
  const timed = categories.filter(({ period }) => period !== '')
  return (
    <>
      <Loaded read={list}>
        {({ rules }) => (
          <>
            {rules.length === 0 ? <p>{t('deletionRun.none')}</p> : null}
            <ul className="rows">
              {rules
                .filter(({ builtIn }) => builtIn === null)
                .map((rule) => (
                  <Rule key={rule.ruleId} rule={rule} withApp={appId === null} />
                ))}
              <OwnRules rules={rules.filter(({ builtIn }) => builtIn !== null)} />
            </ul>
            {rules.length === 0 ? null : (
              <Downloads
                operation="deletion.export"
                input={appId === null ? {} : { appId }}
                formats={formats}
                label={t('deletionRun.title')}
              />
            )}
          </>
        )}
      </Loaded>
      {appId === null || !mayWrite ? null : timed.length === 0 ? (
        <p className="note quiet">{t('deletionRun.needsPeriod')}</p>
      ) : (
        <p className="actions">
          <Button onClick={() => setOpened(true)}>{t('deletionRun.add')}</Button>
        </p>
      )}
      {appId === null ? null : (
        <Dialog title={t('deletionRun.add')} opened={opened} onClose={() => setOpened(false)}>
          <NewRule appId={appId} categories={timed} onDone={() => setOpened(false)} />
        </Dialog>
      )}
    </>
  )
}

function Rule({ rule, withApp }: { rule: RuleView; withApp: boolean }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [opened, setOpened] = useState(false)
  const { name, state, over, lastDone, lastRun, categoryName, app, owner } = rule
  const rhythm = rhythms.find((hours) => hours === rule.everyHours)
  return (
    <li className="row">
      <div className="row-main">
        <h3 className="row-title">{name}</h3>
        <p>
          <span className={state === 'overdue' ? 'bad' : state === 'due' ? 'waiting' : undefined}>
            {t(`deletionRun.state.${state}`)}
          </span>
          {' · '}
          {[...(withApp ? [app[language]] : []), categoryName[language]].filter(Boolean).join(' · ')}
          {' · '}
          {rhythm === undefined
            ? t('deletionRun.every', { count: rule.everyHours })
            : t(`deletionRun.rhythms.${rhythm}`)}
        </p>
        <p className="note quiet">
          {lastDone === null ? t('deletionRun.never') : t('deletionRun.last', { at: moment(lastDone, language) })}{' '}
          {state === 'overdue'
            ? t('deletionRun.since', { at: moment(over, language) })
            : t('deletionRun.until', { at: moment(over, language) })}
          {owner === null ? null : ` ${t('deletionRun.owner', { name: owner.name })}`}
        </p>
        {lastRun === null || lastRun.outcome === 'done' ? null : (
          <p className="waiting">
            {t('deletionRun.lastSaid', {
              outcome: t(`deletionRun.outcome.${lastRun.outcome}`),
              at: moment(lastRun.ranAt, language),
              errors: count(lastRun.errors, language),
            })}
          </p>
        )}
        <p className="actions">
          <Button size="compact-sm" aria-label={t('deletionRun.showOf', { name })} onClick={() => setOpened(true)}>
            {t('deletionRun.show')}
          </Button>
        </p>
      </div>
      <Dialog title={name} opened={opened} onClose={() => setOpened(false)} side>
        {opened ? <Runs rule={rule} onDone={() => setOpened(false)} /> : null}
      </Dialog>
    </li>
  )
}

function NewRule({
  appId,
  categories,
  onDone,
}: {
  appId: string
  categories: readonly Category[]
  onDone: () => void
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  const people = useRead('deletion.list', { appId })
  const [wish, setWish] = useState({
    category: categories[0]?.key ?? '',
    name: '',
    every: '24',
    grace: '24',
    owner: '',
  })
  const adding = useChange('deletion.add', { stale, quiet: true, onDone })
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        const { category, name, every, grace, owner } = wish
        adding.mutate({
          appId,
          category,
          name,
          everyHours: Number(every),
          graceHours: Number(grace),
          ...(owner === '' ? {} : { ownerId: owner }),
        })
      }}
    >
      <NativeSelect
        label={t('deletionRun.category')}
        value={wish.category}
        onChange={(event) => setWish({ ...wish, category: event.currentTarget.value })}
        data={categories.map(({ key, name }) => ({ value: key, label: name[language] || key }))}
      />
      <TextInput
        required
        maxLength={200}
        label={t('deletionRun.name')}
        description={t('deletionRun.nameHint')}
        value={wish.name}
        onChange={(event) => setWish({ ...wish, name: event.currentTarget.value })}
      />
      <NativeSelect
        label={t('deletionRun.rhythm')}
        description={t('deletionRun.rhythmHint')}
        value={wish.every}
        onChange={(event) => setWish({ ...wish, every: event.currentTarget.value })}
        data={rhythms.map((hours) => ({ value: String(hours), label: t(`deletionRun.rhythms.${hours}`) }))}
      />
      <TextInput
        required
        type="number"
        min={0}
        max={2_208}
        label={t('deletionRun.grace')}
        value={wish.grace}
        onChange={(event) => setWish({ ...wish, grace: event.currentTarget.value })}
      />
      <NativeSelect
        label={t('deletionRun.who')}
        value={wish.owner}
        onChange={(event) => setWish({ ...wish, owner: event.currentTarget.value })}
        data={[
          { value: '', label: t('deletionRun.me') },
          ...(people.data?.people ?? []).map(({ accountId, name }) => ({ value: accountId, label: name })),
        ]}
      />
      <Refusal error={adding.error} />
      <Button type="submit" variant="filled" loading={adding.isPending}>
        {t('deletionRun.add')}
      </Button>
    </form>
  )
}
