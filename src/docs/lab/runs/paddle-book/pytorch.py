"""One pass of the PaddlePaddle book's recipe in PyTorch, with one process and no averaging: what conf/paddle-book.conf is held against.

    python pytorch.py DATA SEED    (DATA: the directory with data_batch_1.bin to data_batch_5.bin and test_batch.bin)

ResNet-32 as convoy builds it (projections where the channels change, He initialization), Adam at 0.001, minibatches of 128, no
augmentation. Prints the pass's training loss and accuracy and the test accuracy after it.
"""

import sys

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

BATCH = 128


def images(directory, *files):
    records = np.concatenate([np.fromfile(f"{directory}/{file}", np.uint8).reshape(-1, 3073) for file in files])
    pixels = torch.from_numpy(records[:, 1:].reshape(-1, 3, 32, 32)).float() / 255
    return pixels, torch.from_numpy(records[:, 0].astype(np.int64))


def convolution(inputs, outputs, kernel, stride):
    layer = nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, bias=False)
    nn.init.kaiming_normal_(layer.weight)
    return nn.Sequential(layer, nn.BatchNorm2d(outputs))


class Block(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.first = convolution(inputs, outputs, 3, stride)
        self.second = convolution(outputs, outputs, 3, 1)
        self.shortcut = nn.Identity() if inputs == outputs else convolution(inputs, outputs, 1, stride)

    def forward(self, x):
        return F.relu(self.second(F.relu(self.first(x))) + self.shortcut(x))


def resnet32():
    layers = [convolution(3, 16, 3, 1), nn.ReLU()]
    inputs = 16
    for outputs, stride in (16, 1), (32, 2), (64, 2):
        for block in range(5):
            layers.append(Block(inputs, outputs, stride if block == 0 else 1))
            inputs = outputs
    classifier = nn.Linear(64, 10)
    nn.init.kaiming_normal_(classifier.weight)
    nn.init.zeros_(classifier.bias)
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), classifier)


def main(directory, seed):
    torch.manual_seed(int(seed))
    x, labels = images(directory, *(f"data_batch_{i}.bin" for i in range(1, 6)))
    x_test, labels_test = images(directory, "test_batch.bin")
    mean, deviation = x.mean((0, 2, 3), keepdim=True), x.std((0, 2, 3), keepdim=True)
    x, x_test = (x - mean) / deviation, (x_test - mean) / deviation
    network = resnet32().to(memory_format=torch.channels_last)
    adam = torch.optim.Adam(network.parameters(), 1e-3)
    loss_sum = correct = 0
    for minibatch in torch.randperm(len(x)).split(BATCH):
        scores = network(x[minibatch].to(memory_format=torch.channels_last))
        loss = F.cross_entropy(scores, labels[minibatch])
        adam.zero_grad()
        loss.backward()
        adam.step()
        loss_sum += loss.item() * len(minibatch)
        correct += (scores.argmax(1) == labels[minibatch]).sum().item()
    network.eval()
    with torch.no_grad():
        answers = torch.cat([network(part).argmax(1) for part in x_test.split(500)])
    accuracy = (answers == labels_test).float().mean().item()
    print(f"seed {seed}: training loss {loss_sum / len(x):.4f}, accuracy {correct / len(x):.4f}; test accuracy {accuracy:.4f}")


main(*sys.argv[1:])
