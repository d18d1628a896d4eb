import {
  type AutoRun,
  autoRun,
  type Engine,
  type LiveFlow,
  type LiveOptions,
  type LiveState,
  type Run,
  type RunOptions,
} from '@loom/engine';
import type { FlowDocument, Json } from '@loom/graph';

/** What the control of runs needs of the store around it. */
export interface RunControlHost {
  engine(): Engine | undefined;
  document(): FlowDocument;
  start(document: FlowDocument, options?: RunOptions): Run;
  /** Shows a run that something else has begun. */
  adopt(run: Run): void;
  writeLive(live: LiveState | undefined): void;
  onFault(error: unknown): void;
}

/** What runs by itself: after edits, and when something happens outside. */
export interface RunControl {
  /** Goes on with a changed document. One that took the place of another ends what was live. */
  follow(document: FlowDocument, isReplaced: boolean): void;
  goLive(options?: LiveOptions): void;
  stopLive(): Promise<void>;
  emit(name: string, payload?: Json): number;
  /** Ends everything that runs by itself, for an engine that is left. */
  leave(): void;
}

export function createRunControl(host: RunControlHost): RunControl {
  let auto: AutoRun | undefined;
  let live: LiveFlow | undefined;

  function stopAuto(): void {
    void auto?.stop();
    auto = undefined;
  }

  async function stopLive(): Promise<void> {
    const left = live;
    if (left === undefined) return;
    await left.stop();
    if (live !== left) return;
    live = undefined;
    host.writeLive(undefined);
  }

  return {
    follow(document, isReplaced) {
      if (isReplaced) {
        stopAuto();
        void stopLive();
      }
      if (document.settings.mode !== 'auto' || host.engine() === undefined) stopAuto();
      else {
        // The first document that it takes is the one that is there: nothing runs because a flow was opened.
        auto ??= autoRun({ run: (edited, options) => host.start(edited, options) }, { onFault: host.onFault });
        auto.update(document);
      }
      if (live?.state.status === 'live') live.update(document);
    },
    goLive(options = {}) {
      const engine = host.engine();
      if (engine === undefined || live !== undefined) return;
      const flow = engine.goLive(host.document(), { ...options, onRun: host.adopt });
      live = flow;
      host.writeLive(flow.state);
      flow.subscribe(() => {
        if (live === flow) host.writeLive(flow.state);
      });
    },
    stopLive,
    emit: (name, payload) => live?.emit(name, payload) ?? 0,
    leave() {
      stopAuto();
      void stopLive();
    },
  };
}
