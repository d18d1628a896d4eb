import { Component, type ReactNode } from 'react';

interface RendererBoundaryProps {
  /** What is drawn. Another one gets another chance. */
  readonly subject: unknown;
  readonly fallback: (reason: string) => ReactNode;
  readonly children: ReactNode;
}

interface RendererBoundaryState {
  readonly subject: unknown;
  readonly reason: string | undefined;
}

/** Keeps a view that throws from taking the editor with it: its place shows why. */
export class RendererBoundary extends Component<RendererBoundaryProps, RendererBoundaryState> {
  override state: RendererBoundaryState = { subject: this.props.subject, reason: undefined };

  static getDerivedStateFromError(error: unknown): Partial<RendererBoundaryState> {
    return { reason: error instanceof Error ? error.message : String(error) };
  }

  static getDerivedStateFromProps(
    props: RendererBoundaryProps,
    state: RendererBoundaryState,
  ): RendererBoundaryState | null {
    return props.subject === state.subject ? null : { subject: props.subject, reason: undefined };
  }

  override render(): ReactNode {
    return this.state.reason === undefined ? this.props.children : this.props.fallback(this.state.reason);
  }
}
