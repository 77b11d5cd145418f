from features import *
