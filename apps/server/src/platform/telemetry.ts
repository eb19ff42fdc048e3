import { AsyncLocalStorage } from 'node:async_hooks'
import type { Histogram, Meter, Observable, Span, Tracer } from '@opentelemetry/api'
import type { Resource } from '@opentelemetry/resources'
import type { IMetricReader } from '@opentelemetry/sdk-metrics'
import { errorClass } from './log.ts'
import type { Log } from './log.ts'
import type { ProcessRole } from './role.ts'

/**
 * What a figure or a span may say. The closed list is the point, as with log lines: there is no tenant, no person, no
 * address and no text. The trace is the one of the log and of a problem page, and stands in spans only.
 */
export interface Attributes {
  readonly 'http.request.method'?: string
  /** The pattern of a route, never an address. */
  readonly 'http.route'?: string
  readonly 'http.response.status_code'?: number
  readonly 'art32.queue'?: string
  readonly 'art32.operation'?: string
  readonly 'art32.outcome'?: 'done' | 'failed'
  readonly state?: 'answer' | 'body' | 'open' | 'idle' | 'waiting' | 'active'
  readonly 'art32.server'?: string
  readonly 'art32.trace'?: string
  readonly 'art32.role'?: ProcessRole
}

/** What is read when somebody asks for figures. Seconds, bytes or plain counts. */
export interface Readings {
  readonly answers: number
  readonly bodies: number
  readonly shed: number
  readonly delaySeconds: number
  /** Of the control database. */
  readonly connections: { readonly open: number; readonly idle: number; readonly waiting: number }
  /** Jobs that wait or are worked on, by queue. */
  readonly jobs: readonly { readonly queue: string; readonly waiting: number; readonly active: number }[]
  /** Null: the database does not answer. */
  readonly isReady: boolean
  /** What this process does of what several share. */
  readonly role: ProcessRole
  /** Database servers on which tenants lie. */
  readonly servers: readonly { readonly name: string; readonly isUp: boolean }[]
  /** Seconds until the certificate runs out; null: art32 speaks no TLS. */
  readonly certificateSeconds: number | null
}

/** Counts and follows what happens. */
export interface Telemetry {
  /** Follows a piece of work; `told` adds to what is said of it. */
  span<T>(name: string, attributes: Attributes, work: (told: (more: Attributes) => void) => Promise<T>): Promise<T>
  /** A request was answered. */
  answered(attributes: Attributes, milliseconds: number): void
  /** A job ended. */
  worked(attributes: Attributes, milliseconds: number): void
  /** Says where the readings come from, once. */
  reads(readings: () => Promise<Readings>): void
  /** All figures, as Prometheus reads them (text format 0.0.4). */
  text(): Promise<string>
  /** Sends what was not sent yet, for at most two seconds. */
  stop(): Promise<void>
}

/** How telemetry leaves the server. */
export interface TelemetryConfig {
  /** The port of `/metrics`; null: none. */
  readonly port: number | null
  readonly host: string
  /** Whoever shows it may read `/metrics`; null: whoever reaches the port, which is then on this machine only. */
  readonly token: string | null
  /** Where OTLP over HTTP is spoken, without `/v1/…`; null: nowhere. */
  readonly otlp: string | null
  readonly otlpHeaders: Readonly<Record<string, string>>
  /** Which part of requests and jobs is followed in traces, 0 to 1. */
  readonly traceShare: number
}

/** Measures nothing and costs nothing. */
export const noTelemetry: Telemetry = {
  span: (_name, _attributes, work) => work(() => undefined),
  answered: () => undefined,
  worked: () => undefined,
  reads: () => undefined,
  text: () => Promise.resolve(''),
  stop: () => Promise.resolve(),
}

/** Seconds; the promise of the figures is 100 ms, that of a page a second. */
const buckets = [0.005, 0.015, 0.05, 0.1, 0.25, 1, 5, 30]
const endMs = 2_000

/**
 * Opens what is configured, and loads the libraries of OpenTelemetry only then. What a stranger says of traces is not taken
 * over: a `traceparent` of others would let them decide what is followed.
 *
 * Sources: OpenTelemetry semantic conventions for HTTP servers; OTLP 1.
 */
export async function openTelemetry(config: TelemetryConfig, version: string, log: Log): Promise<Telemetry> {
  if (config.port === null && config.otlp === null) return noTelemetry
  const { diag, DiagLogLevel, ROOT_CONTEXT, SpanStatusCode, trace } = await import('@opentelemetry/api')
  const { resourceFromAttributes } = await import('@opentelemetry/resources')
  const failed = (text: string) => log.warn('telemetry.failed', { error: errorClass(text) })
  const ignored = () => undefined
  // Their messages may hold addresses with a password.
  diag.setLogger(
    { error: failed, warn: ignored, info: ignored, debug: ignored, verbose: ignored },
    { logLevel: DiagLogLevel.ERROR, suppressOverrideMessage: true },
  )
  const resource = resourceFromAttributes({ 'service.name': 'art32', 'service.version': version })
  const { MeterProvider } = await import('@opentelemetry/sdk-metrics')
  const pulled = config.port === null ? null : await openPull()
  const pushed = config.otlp === null ? null : await openPush(config)
  const meters = new MeterProvider({
    resource,
    readers: [pulled?.reader, pushed?.reader].filter((one) => one !== undefined),
  })
  const meter = meters.getMeter('art32', version)
  const answers = meter.createHistogram('http.server.request.duration', seconds('How long answers took'))
  const jobs = meter.createHistogram('art32.job.duration', seconds('How long jobs took'))
  const tracing = config.otlp === null ? null : await openTracing(config, resource)
  const tracer = tracing?.getTracer('art32', version) ?? null
  const following = new AsyncLocalStorage<Span>()

  return {
    async span(name, attributes, work) {
      if (!tracer) return await work(() => undefined)
      const parent = following.getStore()
      return await follow(tracer, name, attributes, parent ? trace.setSpan(ROOT_CONTEXT, parent) : ROOT_CONTEXT, work)
    },
    answered: (attributes, ms) => record(answers, attributes, ms),
    worked: (attributes, ms) => record(jobs, attributes, ms),
    reads: (readings) => observe(meter, readings),
    text: async () => (await pulled?.text()) ?? '',
    async stop() {
      await Promise.race([
        Promise.allSettled([meters.shutdown(), tracing?.shutdown()]),
        new Promise((resolve) => setTimeout(resolve, endMs).unref()),
      ])
    },
  }

  async function follow<T>(
    by: Tracer,
    name: string,
    attributes: Attributes,
    parent: typeof ROOT_CONTEXT,
    work: (told: (more: Attributes) => void) => Promise<T>,
  ): Promise<T> {
    const span = by.startSpan(name, { attributes: { ...attributes } }, parent)
    try {
      return await following.run(span, () => work((more) => void span.setAttributes({ ...more })))
    } catch (error) {
      // The class alone: a message may hold data.
      span.setStatus({ code: SpanStatusCode.ERROR, message: errorClass(error) })
      throw error
    } finally {
      span.end()
    }
  }
}

function seconds(description: string) {
  return { description, unit: 's', advice: { explicitBucketBoundaries: buckets } }
}

function record(histogram: Histogram, attributes: Attributes, milliseconds: number): void {
  histogram.record(milliseconds / 1_000, { ...attributes })
}

interface Pull {
  readonly reader: IMetricReader
  text(): Promise<string>
}

/** Figures for whoever comes and asks. */
async function openPull(): Promise<Pull> {
  const { PrometheusExporter, PrometheusSerializer } = await import('@opentelemetry/exporter-prometheus')
  const reader = new PrometheusExporter({ preventServerStart: true })
  // Without the name of the library on every line.
  const serializer = new PrometheusSerializer('', false, undefined, false, true)
  return { reader, text: async () => serializer.serialize((await reader.collect()).resourceMetrics) }
}

/** Figures for a collector, each minute. */
async function openPush({ otlp, otlpHeaders }: TelemetryConfig): Promise<{ reader: IMetricReader }> {
  const { PeriodicExportingMetricReader } = await import('@opentelemetry/sdk-metrics')
  const { OTLPMetricExporter } = await import('@opentelemetry/exporter-metrics-otlp-http')
  const exporter = new OTLPMetricExporter({
    url: `${otlp}/v1/metrics`,
    headers: { ...otlpHeaders },
    timeoutMillis: 10_000,
  })
  return { reader: new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 60_000 }) }
}

async function openTracing({ otlp, otlpHeaders, traceShare }: TelemetryConfig, resource: Resource) {
  const { BatchSpanProcessor, ParentBasedSampler, TraceIdRatioBasedSampler, TracerProvider } =
    await import('@opentelemetry/sdk-trace')
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http')
  const exporter = new OTLPTraceExporter({
    url: `${otlp}/v1/traces`,
    headers: { ...otlpHeaders },
    timeoutMillis: 10_000,
  })
  return new TracerProvider({
    resource,
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(traceShare) }),
    spanProcessors: [new BatchSpanProcessor({ exporter })],
  })
}

/** Everything that is read when somebody asks; all of it by one look. */
function observe(meter: Meter, read: () => Promise<Readings>): void {
  const gauge = (name: string, description: string, unit = '') =>
    meter.createObservableGauge(name, { description, unit })
  const active = gauge('art32.requests.active', 'Requests under way')
  const shed = meter.createObservableCounter('art32.requests.shed', { description: 'Requests sent away with 503' })
  const delay = gauge('art32.loop.delay', 'By how much the process is behind itself', 's')
  const memory = gauge('process.memory.usage', 'Memory of the process without PostgreSQL', 'By')
  const cpu = meter.createObservableCounter('process.cpu.time', { description: 'Processor time', unit: 's' })
  const connections = gauge('art32.database.connections', 'Connections to the control database')
  const jobs = gauge('art32.queue.jobs', 'Jobs that are not done')
  const ready = gauge('art32.ready', 'Whether the server can work: 1 or 0')
  const part = gauge('art32.process', 'What this process does: one figure, 1')
  const servers = gauge('art32.database.up', 'Whether a database server answers: 1 or 0')
  const certificate = gauge('art32.certificate.expiry', 'Until the TLS certificate runs out', 's')
  meter.addBatchObservableCallback(
    async (result) => {
      const found = await read()
      const say = (gauge: Observable, value: number, attributes: Attributes) =>
        result.observe(gauge, value, { ...attributes })
      say(active, found.answers, { state: 'answer' })
      say(active, found.bodies, { state: 'body' })
      result.observe(shed, found.shed)
      result.observe(delay, found.delaySeconds)
      result.observe(memory, process.memoryUsage.rss())
      const { user, system } = process.cpuUsage()
      result.observe(cpu, (user + system) / 1e6)
      for (const state of ['open', 'idle', 'waiting'] as const) say(connections, found.connections[state], { state })
      for (const { queue, waiting, active: worked } of found.jobs) {
        say(jobs, waiting, { 'art32.queue': queue, state: 'waiting' })
        say(jobs, worked, { 'art32.queue': queue, state: 'active' })
      }
      result.observe(ready, found.isReady ? 1 : 0)
      say(part, 1, { 'art32.role': found.role })
      for (const { name, isUp } of found.servers) say(servers, isUp ? 1 : 0, { 'art32.server': name })
      if (found.certificateSeconds !== null) result.observe(certificate, found.certificateSeconds)
    },
    [active, shed, delay, memory, cpu, connections, jobs, ready, part, servers, certificate],
  )
}
