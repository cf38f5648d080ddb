// JSON-RPC over a WebSocket: requests that are promises, notifications, and what the server says of its own accord.

type Json = Record<string, unknown>;
type Waiting = { resolve: (result: unknown) => void; reject: (error: Error) => void };

export class Connection {
  private readonly socket = new WebSocket(new URL("socket", document.baseURI.replace(/^http/, "ws")));
  private readonly waiting = new Map<number, Waiting>();
  private readonly opened: Promise<void>;
  private next = 1;
  /** What is done with a notification or request of the server. */
  hear: (method: string, params: Json) => void = () => undefined;

  constructor(private readonly gone: () => void) {
    this.socket.binaryType = "arraybuffer";
    this.opened = new Promise((resolve) => this.socket.addEventListener("open", () => resolve()));
    this.socket.addEventListener("message", ({ data }) => this.take(data as string | ArrayBuffer));
    this.socket.addEventListener("close", () => this.closed());
  }

  async request<T>(method: string, params: unknown): Promise<T> {
    await this.opened;
    const id = this.next++;
    this.send({ id, method, params });
    return new Promise<T>((resolve, reject) => this.waiting.set(id, { resolve: resolve as (result: unknown) => void, reject }));
  }

  /** Notifications go out in the order they are made, so none waits for the connection: `initialized` comes first. */
  notify(method: string, params: unknown): void {
    this.send({ method, params });
  }

  close(): void {
    this.hear = () => undefined;
    // Browsers complain of a connection that is closed before it is there.
    void this.opened.then(() => this.socket.close());
  }

  private send(message: Json): void {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify({ jsonrpc: "2.0", ...message }));
  }

  private take(data: string | ArrayBuffer): void {
    const message = JSON.parse(typeof data === "string" ? data : new TextDecoder().decode(data)) as Json;
    if (typeof message.method === "string") {
      if (message.id !== undefined) this.send({ id: message.id, result: null });
      this.hear(message.method, (message.params ?? {}) as Json);
      return;
    }
    const waiting = this.waiting.get(message.id as number);
    this.waiting.delete(message.id as number);
    if (message.error) waiting?.reject(new Error((message.error as { message: string }).message));
    else waiting?.resolve(message.result);
  }

  private closed(): void {
    for (const { reject } of this.waiting.values()) reject(new Error("closed"));
    this.waiting.clear();
    this.gone();
  }
}
