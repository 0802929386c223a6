"""Milliseconds per training step in PyTorch, or seconds for all replicates of the headline example. One JSON line on stdout.

python3 bench/pytorch/train.py steps --batch 32 --threads 1 --way nn --seconds 2 --sizes 64,256,128,64,64,2
python3 bench/pytorch/train.py run --batch 1024 --epochs 100 --seeds 5 --processes 2
python3 bench/pytorch/train.py serve --threads 1      answers {"verb": "steps", "way", "batch", "seconds"} (answers.py)

Ways to take a step:
  nn       nn.Sequential, autograd and Adam
  foreach  the same with Adam's multi-tensor form
  hand     backward pass and Adam written by hand, without autograd
  stacked  the same for `--stack` seeds at once, in batched products (bmm)
  functorch  autograd over `--stack` seeds at once (vmap of grad), with Adam's multi-tensor form
`ms` is per step of one replicate: for `stacked` and `functorch` a step of all seeds divided by their number.
"""

import argparse
import json
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import threads  # noqa: E402


# Ways that train several seeds at once.
STACKED = ("stacked", "functorch")


def arguments():
    parser = argparse.ArgumentParser()
    verbs = parser.add_subparsers(dest="verb", required=True)
    steps = verbs.add_parser("steps")
    steps.add_argument("--sizes", default="64,256,128,64,64,2")
    steps.add_argument("--activation", default="relu", choices=["relu", "leakyRelu", "tanh"])
    steps.add_argument("--batch", type=int, default=32)
    steps.add_argument("--threads", type=int, default=1)
    steps.add_argument("--way", default="nn", choices=["nn", "foreach", "hand", "stacked", "functorch"])
    steps.add_argument("--stack", type=int, default=5)
    steps.add_argument("--seconds", type=float, default=2.0)
    run = verbs.add_parser("run")
    run.add_argument("--batch", type=int, default=1024)
    run.add_argument("--epochs", type=int, default=100)
    run.add_argument("--seeds", type=int, default=5)
    run.add_argument("--processes", type=int, default=2)
    run.add_argument("--train", type=int, default=8192)
    serve = verbs.add_parser("serve")
    serve.add_argument("--threads", type=int, default=1)
    return parser.parse_args()


def make_step(way, sizes, activation, batch, stack):
    """A function that takes one step on the next batch, gathering included."""
    import torch
    from torch.nn import functional

    import recipe

    torch.manual_seed(0)
    count = 8192
    inputs = torch.randint(0, 2, (count, sizes[0])).float()
    labels = torch.randint(0, 2, (count, sizes[-1])).float()

    def rows_forever():
        while True:
            yield from torch.randperm(count).split(batch)

    rows = rows_forever()
    if way in ("nn", "foreach"):
        net = recipe.network(sizes[0], sizes[1:-1], sizes[-1], activation)
        optimizer = torch.optim.Adam(net.parameters(), lr=1e-3, foreach=way == "foreach")

        def step():
            at = next(rows)
            optimizer.zero_grad(set_to_none=True)
            loss = functional.binary_cross_entropy_with_logits(net(inputs[at]), labels[at])
            loss.backward()
            optimizer.step()

        return step

    if way == "functorch":
        from functorch import grad, make_functional, vmap

        nets = [recipe.network(sizes[0], sizes[1:-1], sizes[-1], activation) for _ in range(stack)]
        call, _ = make_functional(nets[0])
        stacks = [torch.stack([p.detach() for p in same]) for same in zip(*(net.parameters() for net in nets))]
        optimizer = torch.optim.Adam(stacks, lr=1e-3, foreach=True)
        slopes = vmap(grad(lambda p, x, y: functional.binary_cross_entropy_with_logits(call(p, x), y)))

        def step():
            at = torch.stack([next(rows) for _ in range(stack)])
            for parameter, slope in zip(stacks, slopes(tuple(stacks), inputs[at], labels[at])):
                parameter.grad = slope
            optimizer.step()

        return step

    if activation != "relu":
        raise SystemExit(f"--way {way} knows relu only")
    heads = stack if way == "stacked" else 1
    shapes = list(zip(sizes, sizes[1:]))
    flat = torch.cat([torch.cat([torch.randn(heads * i * o) / i**0.5, torch.zeros(heads * o)]) for i, o in shapes])
    gradient, m, v = torch.zeros_like(flat), torch.zeros_like(flat), torch.zeros_like(flat)

    def views(vector):
        parts, at = [], 0
        for i, o in shapes:
            w = vector[at : at + heads * i * o].view(heads, i, o)
            at += heads * i * o
            parts.append((w, vector[at : at + heads * o].view(heads, 1, o)))
            at += heads * o
        return parts

    parameters, gradients = views(flat), views(gradient)
    t = 0

    @torch.no_grad()
    def step():
        nonlocal t
        t += 1
        if heads == 1:
            at = next(rows)[None]
        else:
            # Each seed sees other stimuli.
            at = torch.stack([next(rows) for _ in range(heads)])
        x, y = inputs[at], labels[at]
        seen = [x]
        for layer, (w, b) in enumerate(parameters):
            x = torch.baddbmm(b, x, w)
            if layer < len(parameters) - 1:
                x.clamp_(min=0)
                seen.append(x)
        functional.binary_cross_entropy_with_logits(x, y)
        delta = (torch.sigmoid(x) - y) / (y.shape[1] * y.shape[2])
        for layer in range(len(parameters) - 1, -1, -1):
            torch.bmm(seen[layer].transpose(1, 2), delta, out=gradients[layer][0])
            torch.sum(delta, 1, keepdim=True, out=gradients[layer][1])
            if layer > 0:
                delta = torch.bmm(delta, parameters[layer][0].transpose(1, 2)).mul_(seen[layer] > 0)
        m.lerp_(gradient, 0.1)
        v.mul_(0.999).addcmul_(gradient, gradient, value=0.001)
        root = (v.sqrt() / (1 - 0.999**t) ** 0.5).add_(1e-8)
        flat.addcdiv_(m, root, value=-1e-3 / (1 - 0.9**t))

    return step


def time_steps(options):
    threads.bind(options.threads)
    import torch

    torch.set_num_threads(options.threads)
    sizes = [int(size) for size in options.sizes.split(",")]
    if options.way in STACKED and 8192 % options.batch != 0:
        raise SystemExit(f"--way {options.way} wants a batch size that divides 8192")
    step = make_step(options.way, sizes, options.activation, options.batch, options.stack)
    for _ in range(10):
        step()
    start = time.perf_counter()
    step()
    # Blocks of about 50 ms: the clock costs nothing, and a median can ignore what else the machine does.
    block = max(1, round(0.05 / (time.perf_counter() - start)))
    times, end = [], time.perf_counter() + options.seconds
    while time.perf_counter() < end or len(times) < 3:
        start = time.perf_counter()
        for _ in range(block):
            step()
        times.append((time.perf_counter() - start) / block * 1000)
    if options.way in STACKED:
        times = [ms / options.stack for ms in times]
    return {
        "torch": torch.__version__,
        "way": options.way,
        "batch": options.batch,
        "threads": options.threads,
        "sizes": sizes,
        "ms": statistics.median(times),
        "fastest": min(times),
        "slowest": max(times),
        "blocks": len(times),
    }


def serve_steps(options):
    threads.bind(options.threads)
    import torch

    import answers

    torch.set_num_threads(options.threads)
    sizes, stack, ready = [64, 256, 128, 64, 64, 2], 5, {}

    def steps(request):
        key = (request["way"], request["batch"])
        if key not in ready:
            ready[key] = make_step(request["way"], sizes, "relu", request["batch"], stack)
            for _ in range(5):
                ready[key]()
        ms = answers.timed(ready[key], request["seconds"])["ms"]
        return {"ms": ms / stack if request["way"] in STACKED else ms}

    answers.answer({"steps": steps, "versions": lambda _: {"torch": torch.__version__}})


def train_one(job):
    """One replicate in a process of one thread: accuracies on fresh stimuli, by task."""
    heads, seed, options = job
    import numpy as np
    import torch

    import recipe

    torch.set_num_threads(1)
    inputs, labels = recipe.stimuli(options.train, np.random.default_rng(0))
    fresh, truth = recipe.stimuli(1024, np.random.default_rng(1))
    torch.manual_seed(seed)
    net = recipe.network(32, recipe.HIDDEN, len(heads))
    generator = torch.Generator().manual_seed(seed)
    recipe.train(net, inputs, labels[:, heads].contiguous(), options.batch, options.epochs, generator)
    with torch.no_grad():
        right = (net(fresh) > 0) == (truth[:, heads] > 0.5)
    return right.float().mean(0).tolist()


def time_run(options):
    """All trained replicates of the headline example: both, easy only, hard only."""
    threads.bind(1)
    from multiprocessing import get_context

    networks = {"both": [0, 1], "easy only": [0], "hard only": [1]}
    jobs = [(name, (heads, seed, options)) for name, heads in networks.items() for seed in range(options.seeds)]
    start = time.perf_counter()
    with get_context("spawn").Pool(options.processes) as pool:
        scores = pool.map(train_one, [job for _, job in jobs], chunksize=1)
    seconds = time.perf_counter() - start
    accuracy = {name: [score for (of, _), score in zip(jobs, scores) if of == name] for name in networks}
    return {"seconds": seconds, "processes": options.processes, "batch": options.batch, "accuracy": accuracy}


if __name__ == "__main__":
    options = arguments()
    if options.verb == "serve":
        serve_steps(options)
    else:
        print(json.dumps(time_steps(options) if options.verb == "steps" else time_run(options)))
