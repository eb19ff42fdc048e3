import { NativeSelect } from '@mantine/core'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { goals } from '@art32/catalogue'
import { assuranceSigns } from '@art32/press'
import { useMay } from '../account/session.ts'
import type { ChangeView, ComparisonView, EditionView } from '../api/api.ts'
import { useRead, useTenant } from '../api/use-api.ts'
import { Loaded } from '../frame/Loaded.tsx'
import { Page } from '../frame/Page.tsx'
import { day } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { Decide, Decided } from './Decide.tsx'
import { differenceText } from './difference.ts'
import '../frame/blocks.css'
import './compare.css'

const route = getRouteApi('/signed-in/t/$slug/editions/compare')

/** Two editions beside each other, or the last one and the register as it is now, with what has to be decided before signing. */
export function ComparePage() {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  const search = route.useSearch()
  const editions = useRead('edition.list', {})
  const published = editions.data?.editions.filter(({ state }) => state === 'edition') ?? []
  const isNone = editions.data !== undefined && published.length === 0
  return (
    <Page
      title={t('compare.title')}
      over={
        <Link to="/t/$slug/editions" params={{ slug }}>
          {t('edition.title')}
        </Link>
      }
      lead={t('compare.lead')}
    >
      {isNone ? <p>{t('compare.none')}</p> : null}
      {published.length === 0 ? null : (
        <>
          <Sides published={published} search={search} />
          <Compared search={search} />
        </>
      )}
    </Page>
  )
}

function Sides({ published, search }: { published: readonly EditionView[]; search: { from?: string; to?: string } }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const navigate = route.useNavigate()
  const options = published.map(({ id, number, madeAt }) => ({
    value: id,
    label: `${t('edition.number', { number })}, ${day(madeAt, language)}`,
  }))
  const choose = (side: 'from' | 'to') => (event: { currentTarget: { value: string } }) => {
    const { value } = event.currentTarget
    const { [side]: _, ...rest } = search
    void navigate({ search: value === '' ? rest : { ...rest, [side]: value }, replace: true })
  }
  return (
    <div className="compare-sides">
      <NativeSelect
        label={t('compare.from')}
        value={search.from ?? published[0]?.id ?? ''}
        onChange={choose('from')}
        data={options}
      />
      <NativeSelect
        label={t('compare.to')}
        value={search.to ?? ''}
        onChange={choose('to')}
        data={[{ value: '', label: t('compare.register') }, ...options]}
      />
    </div>
  )
}

function Compared({ search }: { search: { from?: string; to?: string } }) {
  const { t } = useTranslation()
  const comparison = useRead('edition.compare', search)
  return (
    <Loaded read={comparison}>
      {(view) => (
        <>
          <Tally view={view} />
          <Changes view={view} />
          <Levels levels={view.levels} />
          <p className="note quiet">{t('compare.limit')}</p>
        </>
      )}
    </Loaded>
  )
}

const kinds = ['same', 'reworded', 'translated', 'changed', 'added', 'removed'] as const

function Tally({ view }: { view: ComparisonView }) {
  const { t } = useTranslation()
  const { counts } = view
  return (
    <>
      <ul className="outcome-tally">
        {kinds
          .filter((kind) => counts[kind] > 0)
          .map((kind) => (
            <li key={kind}>
              {counts[kind]} {t(`compare.kind.${kind}`)}
            </li>
          ))}
      </ul>
      <p role="status">
        {counts.decisions === 0
          ? t('compare.noDecision')
          : counts.undecided === 0
            ? t('compare.allDecided', { count: counts.decisions })
            : t('compare.undecided', { count: counts.undecided })}
      </p>
    </>
  )
}

function Changes({ view }: { view: ComparisonView }) {
  const { t } = useTranslation()
  // What waits for a person stands first; within, the document's own order.
  const waiting = view.changes.filter(({ decision }) => decision === 'needed')
  const others = view.changes.filter(({ decision }) => decision !== 'needed')
  const mayDecide = useMay('edition:sign') && view.to.editionId === null
  return (
    <>
      {[
        { title: t('compare.needed'), changes: waiting },
        { title: t('compare.others'), changes: others },
      ]
        .filter(({ changes }) => changes.length > 0)
        .map(({ title, changes }) => (
          <section key={title} className="section">
            <h2>{title}</h2>
            <ol className="rows">
              {changes.map((change) => (
                <ChangeRow key={change.key} change={change} mayDecide={mayDecide} />
              ))}
            </ol>
          </section>
        ))}
    </>
  )
}

function ChangeRow({ change, mayDecide }: { change: ChangeView; mayDecide: boolean }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { differences, assurance, alternatives } = change
  const shown = differences.filter(({ aspect }) => aspect !== 'line')
  return (
    <li className="row compare-row">
      <p className="over">{t(`compare.kind.${change.kind}`)}</p>
      <Words change={change} />
      {shown.length === 0 ? null : (
        <ul className="sentences">
          {shown.map((difference) => (
            <li key={`${difference.aspect} ${difference.of}`}>
              {differenceText(difference, t)}{' '}
              <span className="quiet">({t(`compare.direction.${difference.direction}`)})</span>
            </li>
          ))}
        </ul>
      )}
      {assurance === null ? null : (
        <p className="note">
          {t('compare.assurance', {
            before: assuranceSigns[assurance.before].word[language],
            after: assuranceSigns[assurance.after].word[language],
          })}
          {assurance.because.length === 0 ? null : ` ${t('compare.because', { what: assurance.because.join(' · ') })}`}
        </p>
      )}
      {alternatives.length === 0 ? null : (
        <div className="note">
          <p>{t('compare.alternatives')}</p>
          <ul className="sentences">
            {alternatives.map(({ id, text }) => (
              <li key={id}>{text}</li>
            ))}
          </ul>
        </div>
      )}
      {change.decided === null ? null : <Decided decided={change.decided} />}
      {change.decision === 'needed' && mayDecide ? <Decide change={change} /> : null}
    </li>
  )
}

/** The text with what went struck through and what came underlined; said in words, too, for who hears the page. */
function Words({ change }: { change: ChangeView }) {
  const { t } = useTranslation()
  const { before, after, words } = change
  if (words.length > 0)
    return (
      <p className="compare-words">
        {words.map((run, index) => {
          const key = `${index} ${run.in}`
          if (run.in === 'before') return <del key={key}>{run.text}</del>
          return run.in === 'after' ? <ins key={key}>{run.text}</ins> : <span key={key}>{run.text}</span>
        })}
      </p>
    )
  return (
    <div className="compare-words">
      <p>{before?.text ?? after?.text}</p>
      {before && after && before.text !== after.text ? (
        <p>
          <span className="quiet">{t('compare.now')}</span> {after.text}
        </p>
      ) : null}
    </div>
  )
}

/** How the sum of each goal comes about: nothing of it is hidden. */
function Levels({ levels }: { levels: ComparisonView['levels'] }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const titleOf = (goal: string) => goals.find(({ id }) => id === goal)?.title[language] ?? goal
  const number = (value: number) => value.toLocaleString(language)
  if (levels.length === 0) return null
  return (
    <section className="section">
      <h2>{t('compare.levels')}</h2>
      <p className="note">{t('compare.levelsNote')}</p>
      <ul className="compare-levels">
        {levels.map(({ goal, before, after }) => (
          <li key={goal}>
            <details>
              <summary>
                <span>{titleOf(goal)}</span>
                <span>{t('compare.points', { before: number(before.points), after: number(after.points) })}</span>
                <span className="quiet">{levelWord(before.points, after.points, t)}</span>
              </summary>
              <ul className="sentences">
                {termsOf(before.terms, after.terms).map(({ measure, title, strength, old, now }) => (
                  <li key={measure}>
                    {t('compare.term', {
                      title,
                      strength,
                      before: number(old * strength),
                      after: number(now * strength),
                    })}
                  </li>
                ))}
              </ul>
            </details>
          </li>
        ))}
      </ul>
    </section>
  )
}

function levelWord(before: number, after: number, t: TFunction): string {
  if (before === after) return t('compare.level.same')
  return after > before ? t('compare.level.more') : t('compare.level.less')
}

type Term = ComparisonView['levels'][number]['before']['terms'][number]

function termsOf(before: readonly Term[], after: readonly Term[]) {
  const measures = [...new Set([...before, ...after].map(({ measure }) => measure))].toSorted()
  return measures.flatMap((measure) => {
    const [old, now] = [before, after].map((terms) => terms.find((term) => term.measure === measure))
    const known = now ?? old
    if (!known) return []
    return [{ measure, title: known.title, strength: known.strength, old: old?.share ?? 0, now: now?.share ?? 0 }]
  })
}
